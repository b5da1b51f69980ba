package ai.altertable.flink.format;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;

/** A map as a JSON object; DuckDB casts each key, a text here, to the type of the map's keys. */
final class JsonMap extends JsonValue {

    private final JsonValue key;
    private final JsonValue value;
    private final String path;
    private final ElementsAsRow keys = new ElementsAsRow();
    private final ElementsAsRow values = new ElementsAsRow();

    JsonMap(JsonValue key, JsonValue value, String path) {
        super(false, 0, true);
        this.key = key;
        this.value = value;
        this.path = path;
    }

    @Override
    int write(RowData row, int field, ChunkBuffer out, int at) {
        MapData map = row.getMap(field);
        ArrayData keyArray = map.keyArray();
        ArrayData valueArray = map.valueArray();
        keys.of(keyArray);
        values.of(valueArray);
        int next = reserve(out, at, 1);
        out.bytes()[next++] = '{';
        for (int i = 0; i < map.size(); i++) {
            if (keyArray.isNullAt(i)) {
                throw new RowNotEncodableException("column " + path + ": a map has a NULL key");
            }
            next = writeKey(i, out, next);
            if (valueArray.isNullAt(i)) {
                next = writeNull(out.bytes(), next);
                continue;
            }
            if (value.quoted()) {
                out.bytes()[next++] = '"';
            }
            next = value.write(values, i, out, next);
        }
        next = reserve(out, next, 1);
        out.bytes()[next] = '}';
        return next + 1;
    }

    private int writeKey(int i, ChunkBuffer out, int at) {
        int next = reserve(out, at, key.room() + 3);
        byte[] bytes = out.bytes();
        if (i > 0) {
            bytes[next++] = ',';
        }
        bytes[next++] = '"';
        next = key.write(keys, i, out, next);
        next = reserve(out, next, value.room() + NULL_LENGTH + 3);
        bytes = out.bytes();
        if (!key.quoted()) {
            bytes[next++] = '"';
        }
        bytes[next] = ':';
        return next + 1;
    }
}
