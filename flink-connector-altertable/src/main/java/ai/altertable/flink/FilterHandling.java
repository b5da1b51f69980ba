package ai.altertable.flink;

/** Whether filters are evaluated by the lakehouse. */
public enum FilterHandling {
    /** Those that mean the same there. */
    ALWAYS,

    /** None: Flink filters. */
    NEVER
}
