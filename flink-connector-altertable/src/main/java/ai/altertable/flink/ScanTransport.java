package ai.altertable.flink;

/** How rows are read. */
public enum ScanTransport {
    /** As JSON lines of {@code POST /query}. */
    HTTP,

    /** As Arrow batches over Flight SQL. */
    FLIGHT_SQL
}
