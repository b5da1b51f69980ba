package ai.altertable.flink;

import java.util.Locale;

/** How rows are read. */
public enum ScanTransport {
    /** As JSON lines of {@code POST /query}. */
    HTTP,

    /** As Arrow batches over Flight SQL. */
    FLIGHT_SQL;

    /** The value of the option, by which Flink also finds the constant. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
