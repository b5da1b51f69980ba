package ai.altertable.flink.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Whole lines of an answer, which are decoded together. It is filled by {@link RowPieces} again and
 * again, and its decoder is its own, so that each piece may be decoded by another thread.
 */
public final class RowPiece {

    private static final int USUAL_SIZE = 64 * 1024;

    /** What larger rows take is given back when they are through. */
    private static final int MOST_KEPT = 4 * 1024 * 1024;

    private final StructDecoder row;
    private byte[] bytes = new byte[0];
    private int room;
    private int size;
    private int expectedRows;

    public RowPiece(RowType type) {
        this.row = new StructDecoder(type, "");
    }

    /** Of the lines, in bytes. */
    public int size() {
        return size;
    }

    /**
     * Decodes the lines; as often as it is called.
     *
     * @param firstLine the number of the first one in the answer, for messages
     */
    public List<RowData> rows(long firstLine) throws IOException {
        QueryRows lines = new QueryRows(new LineBuffer(bytes, size), row, firstLine);
        List<RowData> rows = new ArrayList<>(expectedRows);
        for (RowData next = lines.next(); next != null; next = lines.next()) {
            rows.add(next);
        }
        expectedRows = rows.size() + rows.size() / 8;
        return rows;
    }

    /** Bytes that begin with these, and have room for more. */
    byte[] room(byte[] there) {
        room = Math.max(USUAL_SIZE, 2 * there.length);
        if (bytes.length < room + LineBuffer.PADDING || bytes.length > MOST_KEPT) {
            bytes = new byte[room + LineBuffer.PADDING];
        }
        System.arraycopy(there, 0, bytes, 0, there.length);
        return bytes;
    }

    /** The same bytes, and twice the room. */
    byte[] moreRoom() {
        room *= 2;
        if (bytes.length < room + LineBuffer.PADDING) {
            bytes = Arrays.copyOf(bytes, room + LineBuffer.PADDING);
        }
        return bytes;
    }

    /** How many bytes may be filled, those that were there included. */
    int room() {
        return room;
    }

    void filled(int size) {
        this.size = size;
        bytes[size] = '\n';
    }
}
