package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Writes the values of one type as JSON text, bound to the type once.
 *
 * <h2>Room</h2>
 *
 * <p>Who calls {@link #write} has made {@link #room} bytes of room and {@link #SLACK}, and finds
 * the slack again behind the value. A value that {@link #grows} makes room for itself: what room
 * there was before is lost, so the caller asks again for what it writes next.
 */
abstract class JsonValue {

    /** Keys are copied in whole words. */
    static final int SLACK = 16;

    static final int NULL_LENGTH = 4;

    /** DuckDB's largest JSON object is 16 MiB with its line break. */
    static final int MAX_ROW = 16 * 1024 * 1024 - 1;

    private final boolean quoted;
    private final int room;
    private final boolean grows;

    JsonValue(boolean quoted, int room, boolean grows) {
        this.quoted = quoted;
        this.room = room;
        this.grows = grows;
    }

    /** Whether a quote belongs before the value; the value itself writes the one behind. */
    final boolean quoted() {
        return quoted;
    }

    final int room() {
        return room;
    }

    final boolean grows() {
        return grows;
    }

    /** Writes a value that is not NULL at the position and returns the position behind it. */
    abstract int write(RowData row, int field, ChunkBuffer out, int at);

    static int writeNull(byte[] out, int at) {
        out[at] = 'n';
        out[at + 1] = 'u';
        out[at + 2] = 'l';
        out[at + 3] = 'l';
        return at + NULL_LENGTH;
    }

    /** Makes room for {@code bytes} and the slack; returns where the row goes on. */
    static int reserve(ChunkBuffer out, int at, int bytes) {
        if (at - out.mark() > MAX_ROW) {
            throw rowTooLong();
        }
        return out.require(at, bytes + SLACK);
    }

    static RowNotEncodableException rowTooLong() {
        return new RowNotEncodableException(
                "a row is longer than the "
                        + MAX_ROW
                        + " bytes that a server reads as one JSON object; write Parquet instead"
                        + " (sink.format = parquet)");
    }

    static JsonValue of(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> new JsonScalar.BooleanValue();
            case TINYINT -> new JsonScalar.ByteValue();
            case SMALLINT -> new JsonScalar.ShortValue();
            case INTEGER -> new JsonScalar.IntValue();
            case BIGINT -> new JsonScalar.LongValue();
            case FLOAT -> new JsonScalar.FloatValue(false);
            case DOUBLE -> new JsonScalar.DoubleValue(false);
            case DECIMAL -> new JsonScalar.DecimalValue((DecimalType) type);
            case CHAR, VARCHAR -> new JsonScalar.TextValue();
            case DATE -> new JsonScalar.DateValue();
            case TIME_WITHOUT_TIME_ZONE ->
                    new JsonScalar.TimeValue(((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    new JsonScalar.TimestampValue(((TimestampType) type).getPrecision(), "\"");
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new JsonScalar.TimestampValue(
                            ((LocalZonedTimestampType) type).getPrecision(), "Z\"");
            case ARRAY -> {
                LogicalType element = ((ArrayType) type).getElementType();
                yield new JsonList(of(element, path + "[]"));
            }
            case MAP -> {
                MapType map = (MapType) type;
                yield map(map.getKeyType(), map.getValueType(), path);
            }
            case MULTISET -> map(((MultisetType) type).getElementType(), new IntType(), path);
            case ROW -> JsonObject.nested((RowType) type, path);
            default -> throw new IllegalArgumentException(path + ": no JSON for " + type);
        };
    }

    /** A key is a text even when it is a number, which matters to those that may be NaN. */
    private static JsonValue keyOf(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case FLOAT -> new JsonScalar.FloatValue(true);
            case DOUBLE -> new JsonScalar.DoubleValue(true);
            default -> of(type, path);
        };
    }

    private static JsonValue map(LogicalType key, LogicalType value, String path) {
        return new JsonMap(keyOf(key, path + ".key"), of(value, path + ".value"), path);
    }
}
