package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * ROW, and the row of a line itself: an array with a value for each field, in their order, or an
 * object that names each field once. One more or one less is refused.
 */
final class StructDecoder extends ValueDecoder {

    private final ValueDecoder[] fields;
    private final Cells cells;
    private final Map<String, Integer> indexes = new HashMap<>();

    /**
     * @param column the name of the column, empty for the row of a line
     */
    StructDecoder(RowType type, String column) {
        super(type, column);
        this.cells = Cells.ofRow(type.getFieldCount());
        this.fields = new ValueDecoder[type.getFieldCount()];
        for (int i = 0; i < fields.length; i++) {
            String name = type.getFieldNames().get(i);
            fields[i] = ValueDecoder.of(type.getTypeAt(i), inside(column, name));
            indexes.put(name, i);
        }
    }

    int size() {
        return fields.length;
    }

    boolean hasField(String name) {
        return indexes.containsKey(name);
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        int end = fastFields(b, at);
        if (end != UNREAD) {
            out.setRow(index, cells);
        }
        return end;
    }

    /**
     * Reads the values that begin with the bracket at {@code at}.
     *
     * @return as {@link #fast}; if they are read, {@link #row} has them
     */
    int fastFields(byte[] b, int at) {
        Cells read = cells;
        read.clear();
        if (b[at] != '[') {
            return UNREAD;
        }
        ValueDecoder[] decoders = fields;
        int last = decoders.length - 1;
        int i = at + 1;
        for (int field = 0; field <= last; field++) {
            if (isBlank(b[i])) {
                i = behindBlanks(b, i);
            }
            i = fast(decoders[field], b, i, read, field);
            if (i == UNREAD) {
                return UNREAD;
            }
            char separator = field < last ? ',' : ']';
            if (b[i] != separator) {
                i = behindBlanks(b, i);
                if (b[i] != separator) {
                    return UNREAD;
                }
            }
            i++;
        }
        if (last < 0) {
            i = behindBlanks(b, i);
            if (b[i++] != ']') {
                return UNREAD;
            }
        }
        return i;
    }

    /** The row of the line that was read last. */
    RowData row() {
        return cells.toRow();
    }

    /** The row of a line that stands on its first token. */
    RowData strictRow(StrictLine in) throws MalformedRowException {
        try {
            if (in.token() == JsonToken.START_OBJECT) {
                fieldsOfObject(in);
            } else {
                fieldsOfArray(in);
            }
            return row();
        } catch (Refusal e) {
            throw malformed(in, e);
        }
    }

    /**
     * The same as calling {@link #fast} on it, in a form that the compiler can inline: it does so
     * with calls of two classes at one place, not with calls of many.
     */
    private static int fast(ValueDecoder decoder, byte[] b, int at, Cells out, int index) {
        if (decoder instanceof TextDecoder text) {
            return text.fast(b, at, out, index);
        } else if (decoder instanceof IntegerDecoder integer) {
            return integer.fast(b, at, out, index);
        } else if (decoder instanceof DecimalDecoder decimal) {
            return decimal.fast(b, at, out, index);
        } else if (decoder instanceof DateDecoder date) {
            return date.fast(b, at, out, index);
        }
        return decoder.fast(b, at, out, index);
    }

    @Override
    protected void fromArray(StrictLine in, Cells out, int index)
            throws Refusal, MalformedRowException {
        fieldsOfArray(in);
        out.setRow(index, cells);
    }

    @Override
    protected void fromObject(StrictLine in, Cells out, int index)
            throws Refusal, MalformedRowException {
        fieldsOfObject(in);
        out.setRow(index, cells);
    }

    private void fieldsOfArray(StrictLine in) throws Refusal, MalformedRowException {
        cells.clear();
        for (int i = 0; i < fields.length; i++) {
            if (in.next() == JsonToken.END_ARRAY) {
                throw new Refusal(i + " values instead of " + fields.length);
            }
            fields[i].strict(in, cells, i);
        }
        if (in.next() != JsonToken.END_ARRAY) {
            throw new Refusal("more values than " + fields.length);
        }
    }

    private void fieldsOfObject(StrictLine in) throws Refusal, MalformedRowException {
        // They come in any order; and rows are equal only if their bytes are in the same.
        Cells[] values = new Cells[fields.length];
        int count = 0;
        while (in.next() != JsonToken.END_OBJECT) {
            Integer index = indexes.get(in.text());
            if (index == null) {
                throw new Refusal("an object with a name that is no field");
            } else if (values[index] != null) {
                throw new Refusal("an object with the same name twice");
            }
            values[index] = Cells.ofRow(1);
            count++;
            in.next();
            fields[index].strict(in, values[index], 0);
        }
        if (count < fields.length) {
            throw new Refusal(count + " values instead of " + fields.length);
        }
        cells.clear();
        for (int i = 0; i < fields.length; i++) {
            cells.setOnly(i, values[i]);
        }
    }
}
