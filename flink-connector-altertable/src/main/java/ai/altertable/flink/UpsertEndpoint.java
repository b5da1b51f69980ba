package ai.altertable.flink;

/** By which of its two generations' endpoints a server takes upserts. */
public enum UpsertEndpoint {
    /** {@code /upsert} is asked first; a server that does not know it is asked by the other. */
    AUTO,
    /** {@code POST /upsert}: the API of today. */
    UPSERT,
    /** {@code POST /upload?mode=upsert}: the first generation. */
    UPLOAD
}
