package ai.altertable.flink;

/** The file formats in which rows are uploaded. */
public enum ChunkFormat {
    /** One JSON object per line: fast to encode, refuses what JSON cannot hold exactly. */
    JSONL("json"),

    /** Exact for every type that the connector maps. */
    PARQUET("parquet");

    private final String parameter;

    ChunkFormat(String parameter) {
        this.parameter = parameter;
    }

    /** What the API calls the format, in the parameter {@code format=}. */
    public String parameter() {
        return parameter;
    }
}
