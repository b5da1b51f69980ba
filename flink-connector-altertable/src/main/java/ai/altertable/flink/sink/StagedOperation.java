package ai.altertable.flink.sink;

/** What becomes of a staged row with a key; a number in one more column of the staged table. */
enum StagedOperation {
    /** Updates the row with its key, or is inserted. */
    UPSERT,
    /** Holds nothing but a key, whose row is deleted or marked before rows are upserted. */
    DELETE_BEFORE,
    /** Holds nothing but a key, whose row is deleted or marked after rows were upserted. */
    DELETE_AFTER;

    /** The column. */
    static final String COLUMN = "__flink_operation";

    byte code() {
        return (byte) ordinal();
    }
}
