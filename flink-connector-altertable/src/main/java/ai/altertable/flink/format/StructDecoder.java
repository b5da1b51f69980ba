package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * ROW, and the row of a line itself: an array with a value for each field, in their order, or an
 * object that names each field once. One more or one less is refused.
 */
final class StructDecoder extends ValueDecoder {

    private final ValueDecoder[] fields;
    private final Map<String, Integer> indexes = new HashMap<>();

    /**
     * @param column the name of the column, empty for the row of a line
     */
    StructDecoder(RowType type, String column) {
        super(type, column);
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
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
        GenericRowData row = new GenericRowData(fields.length);
        out.setField(index, row);
        return fastFields(b, at, row);
    }

    /**
     * Reads the values that begin with the bracket at {@code at}.
     *
     * <p>They go into a row of their own: one that is used again and again becomes old, and G1
     * waits for all the writes that are under way whenever something new is put into the old.
     *
     * @return as {@link #fast}
     */
    int fastFields(byte[] b, int at, GenericRowData read) {
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

    /**
     * The same as calling {@link #fast} on it, in a form that the compiler can inline: it does so
     * with calls of two classes at one place, not with calls of many.
     */
    private static int fast(ValueDecoder decoder, byte[] b, int at, GenericRowData out, int index) {
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
    protected Object fromArray(StrictLine in) throws Refusal, MalformedRowException {
        GenericRowData row = new GenericRowData(fields.length);
        for (int i = 0; i < fields.length; i++) {
            if (in.next() == JsonToken.END_ARRAY) {
                throw new Refusal(i + " values instead of " + fields.length);
            }
            row.setField(i, fields[i].strict(in));
        }
        if (in.next() != JsonToken.END_ARRAY) {
            throw new Refusal("more values than " + fields.length);
        }
        return row;
    }

    @Override
    protected Object fromObject(StrictLine in) throws Refusal, MalformedRowException {
        GenericRowData row = new GenericRowData(fields.length);
        boolean[] seen = new boolean[fields.length];
        int count = 0;
        while (in.next() != JsonToken.END_OBJECT) {
            Integer index = indexes.get(in.text());
            if (index == null) {
                throw new Refusal("an object with a name that is no field");
            } else if (seen[index]) {
                throw new Refusal("an object with the same name twice");
            }
            seen[index] = true;
            count++;
            in.next();
            row.setField(index, fields[index].strict(in));
        }
        if (count < fields.length) {
            throw new Refusal(count + " values instead of " + fields.length);
        }
        return row;
    }
}
