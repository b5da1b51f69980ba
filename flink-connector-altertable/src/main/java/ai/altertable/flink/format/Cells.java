package ai.altertable.flink.format;

import java.util.Arrays;
import org.apache.flink.table.data.binary.BinaryArrayData;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * Values on their way into one of Flink's binary rows or arrays: a word for each, and the bytes of
 * those that a word cannot hold, whose word says where they are. Filled again and again; what is
 * made of them has bytes that nobody changes any more.
 *
 * <p>The form is Flink's, to the bit, and its own serializers are what tests compare with.
 */
final class Cells {

    /** So many bytes of a text or a binary are kept within its word. */
    private static final int MAX_INLINE = 7;

    private static final long INLINE_MARK = 0x80;

    private static final int WIDE_DECIMAL = 16;
    private static final int USUAL_COUNT = 16;
    private static final int USUAL_SIZE = 64;

    /** What larger values take is given back when they are through. */
    static final int MOST_KEPT = 4 * 1024 * 1024;

    private long[] words;

    /** A bit for each word that is NULL, behind those that are something else. */
    private long[] marks;

    private final int firstMark;

    private byte[] bytes = new byte[USUAL_SIZE];
    private int size;

    /** What will stand before the bytes. */
    private final int base;

    /** Where the next small row goes if there is room. */
    private RowPage page = new RowPage(0);

    private Cells(int count, int firstMark, int base) {
        if (!BinaryRowData.LITTLE_ENDIAN) {
            // There the form is another one, which nobody has tried.
            throw new UnsupportedOperationException(
                    "Rows can be read only on processors whose numbers begin with the lowest byte");
        }
        this.words = new long[count];
        this.firstMark = firstMark;
        this.marks = new long[marksFor(count)];
        this.base = base;
    }

    static Cells ofRow(int fields) {
        return new Cells(
                fields,
                BinaryRowData.HEADER_SIZE_IN_BITS,
                BinaryRowData.calculateFixPartSizeInBytes(fields));
    }

    static Cells ofElements() {
        return new Cells(USUAL_COUNT, 0, 0);
    }

    private int marksFor(int count) {
        return (count + firstMark + Long.SIZE - 1) / Long.SIZE;
    }

    void clear() {
        Arrays.fill(marks, 0);
        size = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[USUAL_SIZE];
        }
        if (words.length > MOST_KEPT / Long.BYTES) {
            // Elements: no row has so many fields.
            words = new long[USUAL_COUNT];
            marks = new long[marksFor(USUAL_COUNT)];
        }
    }

    /** Of elements nobody knows beforehand how many come. */
    void makeRoomFor(int index) {
        if (index == words.length) {
            words = Arrays.copyOf(words, 2 * index);
            marks = Arrays.copyOf(marks, marksFor(words.length));
        }
    }

    void setNull(int index) {
        words[index] = 0;
        int mark = firstMark + index;
        marks[mark / Long.SIZE] |= 1L << mark;
    }

    private boolean isNull(int index) {
        int mark = firstMark + index;
        return (marks[mark / Long.SIZE] & 1L << mark) != 0;
    }

    /**
     * A value of up to eight bytes.
     *
     * @param word its bytes, and zeros in place of those that it does not have
     */
    void setWord(int index, long word) {
        words[index] = word;
    }

    long word(int index) {
        return words[index];
    }

    /**
     * A text or a binary, as it is.
     *
     * @param from has a word of bytes behind {@code start}, even if fewer are meant
     */
    void setBytes(int index, byte[] from, int start, int length) {
        if (length <= MAX_INLINE) {
            long inline = Words.at(from, start) & ~(-1L << Byte.SIZE * length);
            words[index] = (INLINE_MARK | length) << Byte.SIZE * MAX_INLINE | inline;
        } else {
            int at = room(length);
            System.arraycopy(from, start, bytes, at, length);
            refer(index, at, length);
        }
    }

    void setBytes(int index, byte[] value) {
        setBytes(index, Arrays.copyOf(value, Math.max(value.length, Long.BYTES)), 0, value.length);
    }

    /** A DECIMAL whose digits a word does not hold. */
    void setWideDecimal(int index, byte[] unscaled) {
        int at = room(WIDE_DECIMAL);
        Arrays.fill(bytes, at, at + WIDE_DECIMAL, (byte) 0);
        System.arraycopy(unscaled, 0, bytes, at, unscaled.length);
        refer(index, at, unscaled.length);
    }

    /** A timestamp with more than milliseconds. */
    void setTimestamp(int index, long milli, int nanoOfMilli) {
        int at = room(Long.BYTES);
        Words.set(bytes, at, milli);
        refer(index, at, nanoOfMilli);
    }

    void setRow(int index, Cells row) {
        int length = row.base + row.size;
        int at = room(length);
        row.writeRow(bytes, at);
        refer(index, at, length);
    }

    void setArray(int index, Elements elements) {
        int length = elements.size();
        int at = room(length);
        elements.write(bytes, at);
        refer(index, at, length);
    }

    void setMap(int index, Elements keys, Elements values) {
        int keysSize = keys.size();
        int keysAt = Integer.BYTES;
        int length = keysAt + keysSize + values.size();
        int at = room(length);
        Words.setInt(bytes, at, keysSize);
        keys.write(bytes, at + keysAt);
        values.write(bytes, at + keysAt + keysSize);
        refer(index, at, length);
    }

    /** The value of another one, which has no other. */
    void setOnly(int index, Cells other) {
        if (other.isNull(0)) {
            setNull(index);
        } else if (other.size == 0) {
            words[index] = other.words[0];
        } else {
            int at = room(other.size);
            System.arraycopy(other.bytes, 0, bytes, at, other.size);
            words[index] = other.words[0] + ((long) (base + at - other.base) << Integer.SIZE);
        }
    }

    /** Where so many bytes can be put; zeros follow them up to a whole word. */
    private int room(int length) {
        int at = size;
        size += wholeWords(length);
        // A word more, for whoever writes whole words where fewer bytes are meant.
        if (size + Long.BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + Long.BYTES));
        }
        Words.set(bytes, size - Long.BYTES, 0);
        return at;
    }

    private static int wholeWords(int length) {
        return (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    private void refer(int index, int at, int low) {
        words[index] = (long) (base + at) << Integer.SIZE | low;
    }

    /** Small rows share a page; a large one has its own, which is not kept here. */
    BinaryRowData toRow() {
        int length = base + size;
        if (length > RowPage.USUAL_SIZE) {
            return toRow(new RowPage(length), length);
        }
        if (!page.hasRoomFor(length)) {
            page = new RowPage(RowPage.USUAL_SIZE);
        }
        return toRow(page, length);
    }

    private BinaryRowData toRow(RowPage in, int length) {
        writeRow(in.bytes(), in.next());
        return in.take(words.length, length);
    }

    private void writeRow(byte[] to, int at) {
        int i = at;
        for (long some : marks) {
            Words.set(to, i, some);
            i += Long.BYTES;
        }
        for (long word : words) {
            Words.set(to, i, word);
            i += Long.BYTES;
        }
        System.arraycopy(bytes, 0, to, i, size);
    }

    int arraySize(int count, int width) {
        return arrayBase(count, width) + size;
    }

    private static int arrayBase(int count, int width) {
        return wholeWords(BinaryArrayData.calculateHeaderInBytes(count) + count * width);
    }

    /**
     * Writes the first words as an array, with up to a word of zeros behind it.
     *
     * @param width of an element in bytes; its word has zeros beyond
     * @param refer whether words may refer to bytes
     */
    void writeArray(byte[] to, int at, int count, int width, boolean refer) {
        int arrayBase = arrayBase(count, width);
        Words.set(to, at + arrayBase - Long.BYTES, 0);
        Words.setInt(to, at, count);
        int i = at + Integer.BYTES;
        for (int mark = 0; mark < count; mark += Integer.SIZE) {
            Words.setInt(to, i, (int) (marks[mark / Long.SIZE] >>> mark));
            i += Integer.BYTES;
        }
        for (int k = 0; k < count; k++) {
            boolean refers = refer && words[k] >= 0 && !isNull(k);
            Words.set(to, i, refers ? words[k] + ((long) arrayBase << Integer.SIZE) : words[k]);
            i += width;
        }
        System.arraycopy(bytes, 0, to, at + arrayBase, size);
    }
}
