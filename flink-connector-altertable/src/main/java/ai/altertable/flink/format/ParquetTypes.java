package ai.altertable.flink.format;

import java.math.BigInteger;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/**
 * What Flink's types without parts are in the file. Each has the annotation of today and, where
 * there is one, the older one, so that any reader understands.
 */
final class ParquetTypes {

    private static final int MAX_INT_PRECISION = 9;
    private static final int MAX_LONG_PRECISION = 18;

    /** Above it a timestamp counts nanoseconds. */
    private static final int MAX_MICRO_PRECISION = 6;

    private ParquetTypes() {}

    static boolean countsNanos(TimestampType type) {
        return type.getPrecision() > MAX_MICRO_PRECISION;
    }

    /** Whether a decimal is short enough for a number; longer ones are bytes. */
    static boolean isNumber(DecimalType type) {
        return type.getPrecision() <= MAX_LONG_PRECISION;
    }

    /** Without a name and without saying whether it is optional. */
    static SchemaElement of(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> element(Type.BOOLEAN);
            case TINYINT -> integer(8, ConvertedType.INT_8);
            case SMALLINT -> integer(16, ConvertedType.INT_16);
            case INTEGER -> element(Type.INT32);
            case BIGINT -> element(Type.INT64);
            case FLOAT -> element(Type.FLOAT);
            case DOUBLE -> element(Type.DOUBLE);
            case DECIMAL -> decimal((DecimalType) type);
            case CHAR, VARCHAR ->
                    annotated(
                                    Type.BYTE_ARRAY,
                                    org.apache.parquet.format.LogicalType.STRING(new StringType()))
                            .setConverted_type(ConvertedType.UTF8);
            case BINARY, VARBINARY -> element(Type.BYTE_ARRAY);
            case DATE ->
                    annotated(
                                    Type.INT32,
                                    org.apache.parquet.format.LogicalType.DATE(new DateType()))
                            .setConverted_type(ConvertedType.DATE);
            // The older annotation of times would say that they are in UTC.
            case TIME_WITHOUT_TIME_ZONE ->
                    annotated(
                            Type.INT64,
                            org.apache.parquet.format.LogicalType.TIME(
                                    new TimeType(false, micros())));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    timestamp(false, countsNanos((TimestampType) type) ? nanos() : micros());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                if (((LocalZonedTimestampType) type).getPrecision() > MAX_MICRO_PRECISION) {
                    throw unmapped(type, path);
                }
                yield timestamp(true, micros()).setConverted_type(ConvertedType.TIMESTAMP_MICROS);
            }
            default -> throw unmapped(type, path);
        };
    }

    private static IllegalArgumentException unmapped(LogicalType type, String path) {
        return new IllegalArgumentException(path + ": no Parquet for " + type.asSummaryString());
    }

    private static SchemaElement decimal(DecimalType type) {
        int precision = type.getPrecision();
        SchemaElement element =
                precision <= MAX_INT_PRECISION
                        ? element(Type.INT32)
                        : precision <= MAX_LONG_PRECISION
                                ? element(Type.INT64)
                                : element(Type.FIXED_LEN_BYTE_ARRAY)
                                        .setType_length(decimalLength(precision));
        return element.setLogicalType(
                        org.apache.parquet.format.LogicalType.DECIMAL(
                                new org.apache.parquet.format.DecimalType(
                                        type.getScale(), precision)))
                .setConverted_type(ConvertedType.DECIMAL)
                .setScale(type.getScale())
                .setPrecision(precision);
    }

    /** The fewest bytes for every number of so many digits and its sign. */
    private static int decimalLength(int precision) {
        return BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
    }

    private static SchemaElement integer(int bits, ConvertedType converted) {
        return annotated(
                        Type.INT32,
                        org.apache.parquet.format.LogicalType.INTEGER(
                                new IntType((byte) bits, true)))
                .setConverted_type(converted);
    }

    private static SchemaElement timestamp(boolean adjustedToUtc, TimeUnit unit) {
        return annotated(
                Type.INT64,
                org.apache.parquet.format.LogicalType.TIMESTAMP(
                        new org.apache.parquet.format.TimestampType(adjustedToUtc, unit)));
    }

    private static TimeUnit micros() {
        return TimeUnit.MICROS(new MicroSeconds());
    }

    private static TimeUnit nanos() {
        return TimeUnit.NANOS(new NanoSeconds());
    }

    private static SchemaElement annotated(
            Type type, org.apache.parquet.format.LogicalType annotation) {
        return element(type).setLogicalType(annotation);
    }

    private static SchemaElement element(Type type) {
        return new SchemaElement().setType(type);
    }
}
