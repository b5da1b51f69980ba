package ai.altertable.flink.format;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.binary.BinaryArrayData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The elements of an array that is being read, or the keys or the values of a map. Used again for
 * the next one.
 */
final class Elements {

    private final ValueDecoder decoder;
    private final LogicalType type;
    private final int width;
    private final boolean mayRefer;
    private final Cells cells = Cells.ofElements();
    private int count;

    Elements(LogicalType type, String column) {
        this.decoder = ValueDecoder.of(type, column);
        this.type = type;
        this.width = BinaryArrayData.calculateFixLengthPartSize(type);
        this.mayRefer = !BinaryRowData.isInFixedLengthPart(type);
    }

    void clear() {
        cells.clear();
        count = 0;
    }

    /** Reads one more, as {@link ValueDecoder#fast}. */
    int fast(byte[] b, int at) {
        return decoder.fast(b, at, cells, next());
    }

    /** Reads one more, as {@link ValueDecoder#strict}. */
    void strict(StrictLine in) throws MalformedRowException {
        decoder.strict(in, cells, next());
    }

    /** Reads one more, as {@link ValueDecoder#strictKey}. */
    void strictKey(StrictLine in) throws MalformedRowException {
        decoder.strictKey(in, cells, next());
    }

    private int next() {
        cells.makeRoomFor(count);
        return count++;
    }

    /** In bytes, as an array of Flink's. */
    int size() {
        return cells.arraySize(count, width);
    }

    /** Writes them as an array of Flink's, with up to a word of zeros behind it. */
    void write(byte[] to, int at) {
        cells.writeArray(to, at, count, width, mayRefer);
    }

    /** Whether none is there twice. */
    boolean areDistinct() {
        if (count < 2) {
            return true;
        }
        byte[] bytes = new byte[size() + Long.BYTES];
        write(bytes, 0);
        BinaryArrayData array = new BinaryArrayData();
        array.pointTo(MemorySegmentFactory.wrap(bytes), 0, size());
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
        Set<Object> distinct = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Object element = getter.getElementOrNull(array, i);
            // To Java, arrays of the same bytes are not the same.
            distinct.add(element instanceof byte[] some ? ByteBuffer.wrap(some) : element);
        }
        return distinct.size() == count;
    }
}
