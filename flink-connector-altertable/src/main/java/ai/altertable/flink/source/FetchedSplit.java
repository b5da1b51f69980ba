package ai.altertable.flink.source;

/** A split whose answer is here as a whole, and proven to be one. */
record FetchedSplit(QuerySplit split, SplitBytes bytes, long rows) implements AutoCloseable {

    @Override
    public void close() {
        bytes.close();
    }
}
