package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;

/** The texts of values that were read back from a chunk. */
final class StoredScalar {

    private static final int MICROS_PER_MILLI = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private StoredScalar() {}

    /** The text of the value that the column stands on. */
    static String text(StoredColumn column, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> String.valueOf(column.number() == 1);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> String.valueOf(column.number());
            case FLOAT -> String.valueOf((double) Float.intBitsToFloat((int) column.number()));
            case DOUBLE -> String.valueOf(Double.longBitsToDouble(column.number()));
            case DECIMAL -> decimal(column, (DecimalType) type).toPlainString();
            case CHAR, VARCHAR -> new String(column.bytes(), UTF_8);
            case BINARY, VARBINARY -> HexFormat.of().withUpperCase().formatHex(column.bytes());
            case DATE -> SqlText.text((int) column.number(), type);
            case TIME_WITHOUT_TIME_ZONE ->
                    SqlText.text((int) (column.number() / MICROS_PER_MILLI), type);
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    SqlText.text(
                            timestamp(
                                    column.number(),
                                    ParquetTypes.countsNanos((TimestampType) type)
                                            ? NANOS_PER_MILLI
                                            : MICROS_PER_MILLI),
                            type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    SqlText.text(timestamp(column.number(), MICROS_PER_MILLI), type);
            default -> throw new IllegalArgumentException(type.asSummaryString());
        };
    }

    private static BigDecimal decimal(StoredColumn column, DecimalType type) {
        BigInteger unscaled =
                ParquetTypes.isNumber(type)
                        ? BigInteger.valueOf(column.number())
                        : new BigInteger(column.bytes());
        return new BigDecimal(unscaled, type.getScale());
    }

    private static TimestampData timestamp(long value, int perMilli) {
        return TimestampData.fromEpochMillis(
                Math.floorDiv(value, perMilli),
                Math.floorMod(value, perMilli) * (NANOS_PER_MILLI / perMilli));
    }
}
