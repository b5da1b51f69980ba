package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.types.logical.MapType;

/**
 * MAP: the list of its entries, as {@code map_entries(c)} gives it, each an array of key and value
 * or an object that names them; or an object of JSON, whose names are the keys as text. A key that
 * comes twice or is null is refused.
 */
final class MapDecoder extends ValueDecoder {

    private final Elements keys;
    private final Elements values;

    MapDecoder(MapType type, String column) {
        super(type, column);
        this.keys = new Elements(type.getKeyType().copy(false), column + "{key}");
        this.values = new Elements(type.getValueType(), column + "{value}");
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        if (b[at] != '[') {
            return UNREAD;
        }
        clear();
        int i = behindBlanks(b, at + 1);
        if (b[i] != ']') {
            byte separator;
            do {
                i = fastEntry(b, behindBlanks(b, i));
                if (i == UNREAD) {
                    return UNREAD;
                }
                i = behindBlanks(b, i);
                separator = b[i++];
            } while (separator == ',');
            i--;
        }
        if (b[i] != ']' || !keys.areDistinct()) {
            return UNREAD;
        }
        out.setMap(index, keys, values);
        return i + 1;
    }

    private int fastEntry(byte[] b, int at) {
        if (b[at] != '[') {
            return UNREAD;
        }
        int i = keys.fast(b, behindBlanks(b, at + 1));
        if (i == UNREAD) {
            return UNREAD;
        }
        i = behindBlanks(b, i);
        if (b[i] != ',') {
            return UNREAD;
        }
        i = values.fast(b, behindBlanks(b, i + 1));
        if (i == UNREAD) {
            return UNREAD;
        }
        i = behindBlanks(b, i);
        return b[i] == ']' ? i + 1 : UNREAD;
    }

    @Override
    protected void fromArray(StrictLine in, Cells out, int index)
            throws Refusal, MalformedRowException {
        clear();
        while (in.next() != JsonToken.END_ARRAY) {
            switch (in.token()) {
                case START_ARRAY -> entryOfArray(in);
                case START_OBJECT -> entryOfObject(in);
                default -> throw new Refusal("an entry that is neither an array nor an object");
            }
        }
        set(out, index);
    }

    private void entryOfArray(StrictLine in) throws Refusal, MalformedRowException {
        if (in.next() == JsonToken.END_ARRAY) {
            throw new Refusal("an entry of no values, not of two");
        }
        keys.strict(in);
        if (in.next() == JsonToken.END_ARRAY) {
            throw new Refusal("an entry of one value, not of two");
        }
        values.strict(in);
        if (in.next() != JsonToken.END_ARRAY) {
            throw new Refusal("an entry of more than two values");
        }
    }

    private void entryOfObject(StrictLine in) throws Refusal, MalformedRowException {
        boolean hasKey = false;
        boolean hasValue = false;
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.text();
            in.next();
            if (name.equals("key") && !hasKey) {
                hasKey = true;
                keys.strict(in);
            } else if (name.equals("value") && !hasValue) {
                hasValue = true;
                values.strict(in);
            } else {
                throw new Refusal("an entry with more than a key and a value");
            }
        }
        if (!hasKey || !hasValue) {
            throw new Refusal("an entry without a key or a value");
        }
    }

    @Override
    protected void fromObject(StrictLine in, Cells out, int index)
            throws Refusal, MalformedRowException {
        clear();
        while (in.next() != JsonToken.END_OBJECT) {
            keys.strictKey(in);
            in.next();
            values.strict(in);
        }
        set(out, index);
    }

    private void clear() {
        keys.clear();
        values.clear();
    }

    private void set(Cells out, int index) throws Refusal {
        if (!keys.areDistinct()) {
            throw new Refusal("the same key twice");
        }
        out.setMap(index, keys, values);
    }
}
