package ai.altertable.flink.benchmarks;

import java.util.List;

/** A sink that takes the rows: ours, what a user would otherwise take, and the limit. */
enum SinkContender implements Contender {
    /** Nothing is done with the rows: what the source and the engine cost. */
    BLACKHOLE("blackhole") {
        @Override
        String table(String server, String folder) {
            return "'connector' = 'blackhole'";
        }
    },

    /** Rows become Parquet chunks that nobody sends: what the task's thread has to do at least. */
    PARQUET_ENCODER("encoder alone, Parquet") {
        @Override
        String table(String server, String folder) {
            return "'connector' = 'encoder', 'format' = 'parquet'";
        }
    },

    /** The same with JSON lines. */
    JSONL_ENCODER("encoder alone, JSON lines") {
        @Override
        String table(String server, String folder) {
            return "'connector' = 'encoder', 'format' = 'jsonl'";
        }
    },

    PARQUET("ours, Parquet") {
        @Override
        String table(String server, String folder) {
            return ours(server, "parquet");
        }
    },

    JSONL("ours, JSON lines") {
        @Override
        String table(String server, String folder) {
            return ours(server, "jsonl");
        }
    },

    /** flink-http-connector: large batches, all threads, the largest buffers that it takes. */
    HTTP_CONNECTOR("flink-http-connector") {
        @Override
        String table(String server, String folder) {
            return "'connector' = 'http-sink', 'url' = '"
                    + server
                    + "/drain', 'format' = 'json',"
                    + " 'gid.connector.http.sink.writer.request.mode' = 'batch',"
                    + " 'gid.connector.http.sink.request.batch.size' = '5000',"
                    + " 'gid.connector.http.sink.writer.thread-pool.size' = '4',"
                    + " 'sink.batch.max-size' = '5000',"
                    + " 'sink.requests.max-buffered' = '20000',"
                    + " 'sink.requests.max-inflight' = '4',"
                    + " 'sink.flush-buffer.size' = '67108864'";
        }
    },

    /** Commits files into a folder by itself, with each checkpoint; nothing goes over HTTP. */
    ICEBERG("Iceberg") {
        @Override
        List<String> preparations(String folder) {
            return List.of(
                    "CREATE CATALOG lakehouse WITH ('type' = 'iceberg', 'catalog-type' = 'hadoop',"
                            + " 'warehouse' = 'file://"
                            + folder
                            + "')",
                    "CREATE DATABASE lakehouse.bench");
        }

        @Override
        String target() {
            return "lakehouse.bench.target";
        }

        @Override
        String table(String server, String folder) {
            return "'write.parquet.compression-codec' = 'zstd',"
                    + " 'write.parquet.compression-level' = '1'";
        }
    },

    /** Commits files into a folder by itself, with each checkpoint; nothing goes over HTTP. */
    PAIMON("Paimon") {
        @Override
        List<String> preparations(String folder) {
            return List.of(
                    "CREATE CATALOG lakehouse WITH ('type' = 'paimon', 'warehouse' = 'file://"
                            + folder
                            + "')",
                    "CREATE DATABASE lakehouse.bench");
        }

        @Override
        String target() {
            return "lakehouse.bench.target";
        }

        @Override
        String table(String server, String folder) {
            return "'file.format' = 'parquet', 'write-only' = 'true'";
        }
    };

    private final String title;

    SinkContender(String title) {
        this.title = title;
    }

    /** Statements that come first. */
    List<String> preparations(String folder) {
        return List.of();
    }

    /** The name of the table; the enum's own is for people. */
    String target() {
        return "target";
    }

    /** The options of the table. */
    abstract String table(String server, String folder);

    private static String ours(String server, String format) {
        return "'connector' = 'altertable', 'url' = '"
                + server
                + "', 'catalog' = 'lake', 'table' = 'lineitem', 'username' = 'flink',"
                + " 'password' = 'flink', 'sink.format' = '"
                + format
                + "'";
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean isOurs() {
        return this == PARQUET || this == JSONL;
    }

    /** Whether it needs jars of its own, which may not be there. */
    boolean isPeer() {
        return this == HTTP_CONNECTOR || this == ICEBERG || this == PAIMON;
    }
}
