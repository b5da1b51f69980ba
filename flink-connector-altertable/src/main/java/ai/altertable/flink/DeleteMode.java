package ai.altertable.flink;

/** What a row of the kind DELETE does in upsert mode. */
public enum DeleteMode {
    /** The row with this key is deleted. */
    HARD,

    /** The row stays; a BOOLEAN column of it says that it is deleted. */
    SOFT,

    /** Nothing. */
    IGNORE,

    /** The job fails: deletes are not expected. */
    FAIL
}
