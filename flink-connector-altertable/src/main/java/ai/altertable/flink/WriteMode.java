package ai.altertable.flink;

/** What becomes of a row whose key is in the table already. */
public enum WriteMode {
    /** Upsert when the table is declared with a primary key, append otherwise. */
    AUTO,

    /** Every row is added; only rows of the kind INSERT can be written. */
    APPEND,

    /** The last row of a key replaces the ones before it. */
    UPSERT
}
