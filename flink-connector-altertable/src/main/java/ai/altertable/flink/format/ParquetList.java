package ai.altertable.flink.format;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** An ARRAY. The first element goes on where the value above does, the others repeat the list. */
final class ParquetList extends ParquetValue {

    private final int level;
    private final ParquetValue element;
    private final ElementsAsRow elements = new ElementsAsRow();

    ParquetList(String path, boolean required, int level, ParquetValue element) {
        super(path, required);
        this.level = level;
        this.element = element;
    }

    @Override
    void writePresent(RowData row, int field, int repetition, int definition) {
        ArrayData array = row.getArray(field);
        if (array.size() == 0) {
            element.writeMissing(repetition, definition);
        }
        elements.of(array);
        for (int i = 0; i < array.size(); i++) {
            element.write(elements, i, i == 0 ? repetition : level, definition + 1);
        }
    }

    @Override
    void writeMissing(int repetition, int definition) {
        element.writeMissing(repetition, definition);
    }
}
