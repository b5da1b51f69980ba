package ai.altertable.flink.format;

import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;

/** A MAP, or a MULTISET with its counts: a list of keys and values. */
final class ParquetMap extends ParquetValue {

    private final int level;
    private final ParquetValue key;
    private final ParquetValue value;
    private final ElementsAsRow keys = new ElementsAsRow();
    private final ElementsAsRow values = new ElementsAsRow();

    ParquetMap(String path, boolean required, int level, ParquetValue key, ParquetValue value) {
        super(path, required);
        this.level = level;
        this.key = key;
        this.value = value;
    }

    @Override
    void writePresent(RowData row, int field, int repetition, int definition) {
        MapData map = row.getMap(field);
        int size = map.size();
        if (size == 0) {
            writeMissing(repetition, definition);
            return;
        }
        keys.of(map.keyArray());
        values.of(map.valueArray());
        for (int i = 0; i < size; i++) {
            int entryRepetition = i == 0 ? repetition : level;
            key.write(keys, i, entryRepetition, definition + 1);
            value.write(values, i, entryRepetition, definition + 1);
        }
    }

    @Override
    void writeMissing(int repetition, int definition) {
        key.writeMissing(repetition, definition);
        value.writeMissing(repetition, definition);
    }
}
