package ai.altertable.flink.sink;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * A value of a key as bytes and back, bound to its type. The bytes of two values are equal exactly
 * when the table takes the values for equal, as they arrive there.
 */
interface KeyPart {

    void write(RowData row, int position, KeyBytes out);

    /** The value as {@link RowData} holds it. */
    Object read(ByteBuffer in);

    /** The part for a type, if there is one; types without a reliable equality have none. */
    static Optional<KeyPart> of(LogicalType type) {
        return Optional.ofNullable(
                switch (type.getTypeRoot()) {
                    case BOOLEAN ->
                            of(
                                    (row, at, out) -> out.putInt(row.getBoolean(at) ? 1 : 0),
                                    in -> in.getInt() == 1);
                    case TINYINT ->
                            of(
                                    (row, at, out) -> out.putInt(row.getByte(at)),
                                    in -> (byte) in.getInt());
                    case SMALLINT ->
                            of(
                                    (row, at, out) -> out.putInt(row.getShort(at)),
                                    in -> (short) in.getInt());
                    case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE ->
                            of((row, at, out) -> out.putInt(row.getInt(at)), ByteBuffer::getInt);
                    case BIGINT ->
                            of((row, at, out) -> out.putLong(row.getLong(at)), ByteBuffer::getLong);
                    case CHAR, VARCHAR ->
                            of(
                                    (row, at, out) -> out.putBytes(row.getString(at).toBytes()),
                                    in -> StringData.fromBytes(bytes(in)));
                    case BINARY, VARBINARY ->
                            of((row, at, out) -> out.putBytes(row.getBinary(at)), KeyPart::bytes);
                    case DECIMAL -> decimal((DecimalType) type);
                    case TIMESTAMP_WITHOUT_TIME_ZONE ->
                            timestamp(((TimestampType) type).getPrecision());
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            timestamp(((LocalZonedTimestampType) type).getPrecision());
                    default -> null;
                });
    }

    private static KeyPart decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return of(
                (row, at, out) -> {
                    BigDecimal value = row.getDecimal(at, precision, scale).toBigDecimal();
                    BigDecimal scaled = value.setScale(scale, RoundingMode.HALF_UP);
                    out.putBytes(scaled.unscaledValue().toByteArray());
                },
                in ->
                        DecimalData.fromBigDecimal(
                                new BigDecimal(new BigInteger(bytes(in)), scale),
                                precision,
                                scale));
    }

    /** Up to microseconds, what is finer is cut when it is encoded. */
    private static KeyPart timestamp(int precision) {
        int step = precision <= 6 ? 1000 : 1;
        return of(
                (row, at, out) -> {
                    TimestampData value = row.getTimestamp(at, precision);
                    out.putLong(value.getMillisecond());
                    out.putInt(value.getNanoOfMillisecond() / step * step);
                },
                in -> TimestampData.fromEpochMillis(in.getLong(), in.getInt()));
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    private static KeyPart of(Writer writer, Reader reader) {
        return new KeyPart() {
            @Override
            public void write(RowData row, int position, KeyBytes out) {
                writer.write(row, position, out);
            }

            @Override
            public Object read(ByteBuffer in) {
                return reader.read(in);
            }
        };
    }

    /** Half of a part. */
    interface Writer {
        void write(RowData row, int position, KeyBytes out);
    }

    /** The other half. */
    interface Reader {
        Object read(ByteBuffer in);
    }
}
