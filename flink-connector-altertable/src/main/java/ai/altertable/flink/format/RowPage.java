package ai.altertable.flink.format;

import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.binary.BinaryRowData;

/** Memory for rows, one behind the other. */
final class RowPage {

    /** Small, for whoever keeps one of its rows keeps all of it. */
    static final int USUAL_SIZE = 2048;

    private final byte[] bytes;

    /** The same as Flink wants it. */
    private final MemorySegment[] segments;

    private int used;

    RowPage(int size) {
        this.bytes = new byte[size];
        this.segments = new MemorySegment[] {MemorySegmentFactory.wrap(bytes)};
    }

    boolean hasRoomFor(int length) {
        return bytes.length - used >= length;
    }

    /** Where the next row begins. */
    int next() {
        return used;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The row of so many bytes that was written from {@link #next} on. */
    BinaryRowData take(int fields, int length) {
        BinaryRowData row = new BinaryRowData(fields);
        row.pointTo(segments, used, length);
        used += length;
        return row;
    }
}
