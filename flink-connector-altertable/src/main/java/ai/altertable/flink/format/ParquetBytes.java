package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Texts, bytes, and decimals too long for a number. */
final class ParquetBytes extends ParquetValue {

    private enum Kind {
        TEXT,
        BYTES,
        DECIMAL
    }

    private final BytesColumn column;
    private final Kind kind;
    private final int width;
    private final int precision;
    private final int scale;

    ParquetBytes(String path, boolean required, BytesColumn column, LogicalType type) {
        super(path, required);
        this.column = column;
        this.width = column.leaf().element().getType_length();
        switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> kind = Kind.TEXT;
            case BINARY, VARBINARY -> kind = Kind.BYTES;
            case DECIMAL -> kind = Kind.DECIMAL;
            default -> throw new IllegalArgumentException(type.asSummaryString());
        }
        this.precision = type instanceof DecimalType decimal ? decimal.getPrecision() : 0;
        this.scale = type instanceof DecimalType decimal ? decimal.getScale() : 0;
    }

    @Override
    void writePresent(RowData row, int field, int repetition, int definition) {
        switch (kind) {
            case TEXT -> column.add(valid(row.getString(field).toBytes()), repetition);
            case BYTES -> column.add(row.getBinary(field), repetition);
            case DECIMAL -> writeDecimal(row.getDecimal(field, precision, scale), repetition);
        }
    }

    /**
     * Bytes that are no UTF-8 become U+FFFD, as Java decodes them: a server would refuse the file.
     */
    private static byte[] valid(byte[] text) {
        return Utf8.isValid(text, 0, text.length) ? text : new String(text, UTF_8).getBytes(UTF_8);
    }

    private void writeDecimal(DecimalData decimal, int repetition) {
        byte[] unscaled = decimal.toUnscaledBytes();
        if (unscaled.length > width) {
            throw refused("a decimal has more digits than its type");
        }
        column.addExtended(unscaled, width, repetition);
    }

    @Override
    void writeMissing(int repetition, int definition) {
        column.addMissing(repetition, definition);
    }
}
