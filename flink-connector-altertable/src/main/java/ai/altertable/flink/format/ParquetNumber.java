package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;

/** Everything that is a number in the file: without an object per value. */
final class ParquetNumber extends ParquetValue {

    /**
     * How the number is read; a switch costs less than a call that is different for each column.
     */
    private enum Kind {
        BOOLEAN,
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        DECIMAL,
        MILLIS_OF_DAY,
        MICROS,
        NANOS
    }

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NumberColumn column;
    private final Kind kind;
    private final int precision;
    private final int scale;

    ParquetNumber(String path, boolean required, NumberColumn column, LogicalType type) {
        super(path, required);
        this.column = column;
        this.kind = kind(type);
        this.precision = precision(type);
        this.scale = type instanceof DecimalType decimal ? decimal.getScale() : 0;
    }

    @Override
    void writePresent(RowData row, int field, int repetition, int definition) {
        column.add(read(row, field), repetition);
    }

    @Override
    void writeMissing(int repetition, int definition) {
        column.addMissing(repetition, definition);
    }

    private long read(RowData row, int field) {
        return switch (kind) {
            case BOOLEAN -> row.getBoolean(field) ? 1 : 0;
            case BYTE -> row.getByte(field);
            case SHORT -> row.getShort(field);
            case INT -> row.getInt(field);
            case LONG -> row.getLong(field);
            // One NaN for all: DuckDB shows one with a sign as "-nan".
            case FLOAT -> Float.floatToIntBits(row.getFloat(field));
            case DOUBLE -> Double.doubleToLongBits(row.getDouble(field));
            case DECIMAL -> row.getDecimal(field, precision, scale).toUnscaledLong();
            case MILLIS_OF_DAY -> row.getInt(field) * MICROS_PER_MILLI;
            case MICROS -> micros(row.getTimestamp(field, precision));
            case NANOS -> nanos(row.getTimestamp(field, precision));
        };
    }

    private long micros(TimestampData timestamp) {
        long millis = timestamp.getMillisecond();
        long micros = millis * MICROS_PER_MILLI;
        if (micros / MICROS_PER_MILLI != millis) {
            throw refused("a timestamp is too far from 1970 to be counted in microseconds");
        }
        return micros + timestamp.getNanoOfMillisecond() / 1_000;
    }

    private long nanos(TimestampData timestamp) {
        try {
            return Math.addExact(
                    Math.multiplyExact(timestamp.getMillisecond(), NANOS_PER_MILLI),
                    timestamp.getNanoOfMillisecond());
        } catch (ArithmeticException e) {
            throw refused(
                    "a timestamp is outside the years 1678 to 2261, which nanoseconds reach;"
                            + " CAST the column to TIMESTAMP(6)");
        }
    }

    private static Kind kind(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> Kind.BOOLEAN;
            case TINYINT -> Kind.BYTE;
            case SMALLINT -> Kind.SHORT;
            case INTEGER, DATE -> Kind.INT;
            case BIGINT -> Kind.LONG;
            case FLOAT -> Kind.FLOAT;
            case DOUBLE -> Kind.DOUBLE;
            case DECIMAL -> Kind.DECIMAL;
            case TIME_WITHOUT_TIME_ZONE -> Kind.MILLIS_OF_DAY;
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    ParquetTypes.countsNanos((TimestampType) type) ? Kind.NANOS : Kind.MICROS;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Kind.MICROS;
            default -> throw new IllegalArgumentException(type.asSummaryString());
        };
    }

    private static int precision(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case DECIMAL -> ((DecimalType) type).getPrecision();
            case TIMESTAMP_WITHOUT_TIME_ZONE -> ((TimestampType) type).getPrecision();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ((LocalZonedTimestampType) type).getPrecision();
            default -> 0;
        };
    }
}
