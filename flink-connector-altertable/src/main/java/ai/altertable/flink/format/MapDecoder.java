package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.MapType;

/**
 * MAP: the list of its entries, as {@code map_entries(c)} gives it, each an array of key and value
 * or an object that names them; or an object of JSON, whose names are the keys as text. A key that
 * comes twice or is null is refused.
 */
final class MapDecoder extends ValueDecoder {

    /** Stands for what has not come yet; null is a value. */
    private static final Object MISSING = new Object();

    private final ValueDecoder key;
    private final ValueDecoder value;

    MapDecoder(MapType type, String column) {
        super(type, column);
        this.key = ValueDecoder.of(type.getKeyType().copy(false), column + "{key}");
        this.value = ValueDecoder.of(type.getValueType(), column + "{value}");
    }

    @Override
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
        if (b[at] != '[') {
            return UNREAD;
        }
        MapEntries entries = new MapEntries();
        int i = behindBlanks(b, at + 1);
        if (b[i] != ']') {
            byte separator;
            do {
                i = fastEntry(b, behindBlanks(b, i), entries);
                if (i == UNREAD) {
                    return UNREAD;
                }
                i = behindBlanks(b, i);
                separator = b[i++];
            } while (separator == ',');
            i--;
        }
        out.setField(index, entries.toMapData());
        return b[i] == ']' ? i + 1 : UNREAD;
    }

    private int fastEntry(byte[] b, int at, MapEntries entries) {
        if (b[at] != '[') {
            return UNREAD;
        }
        GenericRowData entry = new GenericRowData(2);
        int i = key.fast(b, behindBlanks(b, at + 1), entry, 0);
        if (i == UNREAD) {
            return UNREAD;
        }
        i = behindBlanks(b, i);
        if (b[i] != ',') {
            return UNREAD;
        }
        i = value.fast(b, behindBlanks(b, i + 1), entry, 1);
        if (i == UNREAD) {
            return UNREAD;
        }
        i = behindBlanks(b, i);
        return entries.add(entry.getField(0), entry.getField(1)) && b[i] == ']' ? i + 1 : UNREAD;
    }

    @Override
    protected Object fromArray(StrictLine in) throws Refusal, MalformedRowException {
        MapEntries entries = new MapEntries();
        while (in.next() != JsonToken.END_ARRAY) {
            switch (in.token()) {
                case START_ARRAY -> entryOfArray(in, entries);
                case START_OBJECT -> entryOfObject(in, entries);
                default -> throw new Refusal("an entry that is neither an array nor an object");
            }
        }
        return entries.toMapData();
    }

    private void entryOfArray(StrictLine in, MapEntries entries)
            throws Refusal, MalformedRowException {
        if (in.next() == JsonToken.END_ARRAY) {
            throw new Refusal("an entry of no values, not of two");
        }
        Object entryKey = key.strict(in);
        if (in.next() == JsonToken.END_ARRAY) {
            throw new Refusal("an entry of one value, not of two");
        }
        put(entries, entryKey, value.strict(in));
        if (in.next() != JsonToken.END_ARRAY) {
            throw new Refusal("an entry of more than two values");
        }
    }

    private void entryOfObject(StrictLine in, MapEntries entries)
            throws Refusal, MalformedRowException {
        Object entryKey = MISSING;
        Object entryValue = MISSING;
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.text();
            in.next();
            if (name.equals("key") && entryKey == MISSING) {
                entryKey = key.strict(in);
            } else if (name.equals("value") && entryValue == MISSING) {
                entryValue = value.strict(in);
            } else {
                throw new Refusal("an entry with more than a key and a value");
            }
        }
        if (entryKey == MISSING || entryValue == MISSING) {
            throw new Refusal("an entry without a key or a value");
        }
        put(entries, entryKey, entryValue);
    }

    @Override
    protected Object fromObject(StrictLine in) throws Refusal, MalformedRowException {
        MapEntries entries = new MapEntries();
        while (in.next() != JsonToken.END_OBJECT) {
            Object entryKey = key.strictKey(in);
            in.next();
            put(entries, entryKey, value.strict(in));
        }
        return entries.toMapData();
    }

    private static void put(MapEntries entries, Object key, Object value) throws Refusal {
        if (!entries.add(key, value)) {
            throw new Refusal("the same key twice");
        }
    }
}
