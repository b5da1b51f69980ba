package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** A row as a JSON object with every field in it, NULL too. */
final class JsonObject extends JsonValue {

    private final JsonValue[] values;
    private final JsonKey[] keys;
    private final int[] positions;
    private final int fixedRoom;

    JsonObject(ColumnBinding binding, String path) {
        super(false, 0, true);
        int size = binding.size();
        values = new JsonValue[size];
        keys = new JsonKey[size];
        positions = new int[size];
        int room = 1;
        for (int i = 0; i < size; i++) {
            String name = binding.names().get(i);
            values[i] = JsonValue.of(binding.type(i), path.isEmpty() ? name : path + "." + name);
            keys[i] = new JsonKey(name, i == 0, values[i].quoted());
            positions[i] = binding.position(i);
            room += keys[i].length() + Math.max(values[i].room(), NULL_LENGTH);
        }
        fixedRoom = room;
    }

    static JsonObject nested(RowType type, String path) {
        return new JsonObject(ColumnBinding.identity(type), path);
    }

    @Override
    int write(RowData row, int field, ChunkBuffer out, int at) {
        return writeFields(row.getRow(field, values.length), out, at);
    }

    int writeFields(RowData row, ChunkBuffer out, int at) {
        int next = reserve(out, at, fixedRoom);
        for (int i = 0; i < values.length; i++) {
            int position = positions[i];
            if (row.isNullAt(position)) {
                next = writeNull(out.bytes(), keys[i].writeWithoutQuote(out.bytes(), next));
                continue;
            }
            JsonValue value = values[i];
            next = value.write(row, position, out, keys[i].write(out.bytes(), next));
            if (value.grows()) {
                next = reserve(out, next, fixedRoom);
            }
        }
        out.bytes()[next] = '}';
        return next + 1;
    }
}
