package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;

/** A ROW: its fields one after the other. */
final class ParquetStruct extends ParquetValue {

    private final ParquetValue[] fields;

    ParquetStruct(String path, boolean required, ParquetValue[] fields) {
        super(path, required);
        this.fields = fields;
    }

    @Override
    void writePresent(RowData row, int field, int repetition, int definition) {
        RowData struct = row.getRow(field, fields.length);
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(struct, i, repetition, definition);
        }
    }

    @Override
    void writeMissing(int repetition, int definition) {
        for (ParquetValue field : fields) {
            field.writeMissing(repetition, definition);
        }
    }
}
