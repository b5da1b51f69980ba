package ai.altertable.flink.format;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** An array as a JSON array. */
final class JsonList extends JsonValue {

    private final JsonValue element;
    private final ElementsAsRow elements = new ElementsAsRow();

    JsonList(JsonValue element) {
        super(false, 0, true);
        this.element = element;
    }

    @Override
    int write(RowData row, int field, ChunkBuffer out, int at) {
        ArrayData array = row.getArray(field);
        elements.of(array);
        int room = element.room() + NULL_LENGTH + 3;
        int next = reserve(out, at, room);
        out.bytes()[next++] = '[';
        for (int i = 0; i < array.size(); i++) {
            next = reserve(out, next, room);
            byte[] bytes = out.bytes();
            if (i > 0) {
                bytes[next++] = ',';
            }
            if (array.isNullAt(i)) {
                next = writeNull(bytes, next);
                continue;
            }
            if (element.quoted()) {
                bytes[next++] = '"';
            }
            next = element.write(elements, i, out, next);
        }
        next = reserve(out, next, 1);
        out.bytes()[next] = ']';
        return next + 1;
    }
}
