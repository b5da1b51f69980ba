package ai.altertable.flink.sink;

/** When a chunk is full. The server may know better than the option. */
final class SealingRule {

    private final int maxRows;
    private long maxSize;

    SealingRule(SinkSettings.Buffering buffering) {
        maxRows = buffering.maxRows();
        maxSize = buffering.maxSize().getBytes();
    }

    boolean isFull(int rows, long sizeInBytes) {
        return rows >= maxRows || sizeInBytes >= maxSize;
    }

    /** The server takes no bodies of this size. Half of it is tried next, as with the halves. */
    void refused(long sizeInBytes) {
        maxSize = Math.max(1, Math.min(maxSize, sizeInBytes / 2));
    }
}
