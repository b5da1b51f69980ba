package ai.altertable.flink.format;

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
 * Reads the values of one column, or of one place inside it. Bound to its type once.
 *
 * <h2>Two ways, one meaning</h2>
 *
 * {@link #strict} decides what is accepted and what it means. {@link #fast} is for the forms that
 * nearly all rows have: it reads them off the bytes, and answers {@link #UNREAD} to everything
 * else, right or wrong; then the whole line is read strictly. What it does read must be what the
 * strict way reads. Tests compare the two on every line that they make.
 */
abstract class ValueDecoder {

    /** The answer of {@link #fast} to what it does not recognise. */
    static final int UNREAD = -1;

    private final String column;
    private final String type;
    private final boolean nullable;

    /**
     * @param column the name of the column and the path inside it, for messages; empty for a row
     */
    ValueDecoder(LogicalType type, String column) {
        this.column = column;
        this.type = type.asSummaryString();
        this.nullable = type.isNullable();
    }

    /** The decoder of a type; only the types that have a counterpart in DuckDB have one. */
    static ValueDecoder of(LogicalType type, String column) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> new TextDecoder(type, column);
            case BOOLEAN -> new BooleanDecoder(type, column);
            case BINARY, VARBINARY -> new HexDecoder(type, column);
            case DECIMAL -> new DecimalDecoder((DecimalType) type, column);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> new IntegerDecoder(type, column);
            case FLOAT, DOUBLE -> new FloatingDecoder(type, column);
            case DATE -> new DateDecoder(type, column);
            case TIME_WITHOUT_TIME_ZONE -> new TimeDecoder((TimeType) type, column);
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    new TimestampDecoder(type, ((TimestampType) type).getPrecision(), column);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new TimestampDecoder(
                            type, ((LocalZonedTimestampType) type).getPrecision(), column);
            case ARRAY -> new ArrayDecoder((ArrayType) type, column);
            case MAP -> new MapDecoder((MapType) type, column);
            case MULTISET -> new MapDecoder(counts((MultisetType) type), column);
            case ROW -> new StructDecoder((RowType) type, column);
            default ->
                    throw new IllegalArgumentException(
                            "Column '%s' has type %s, which no value is read as"
                                    .formatted(column, type.asSummaryString()));
        };
    }

    /** A MULTISET is kept as the count of each element. */
    private static MapType counts(MultisetType type) {
        return new MapType(type.isNullable(), type.getElementType(), new IntType(false));
    }

    static String inside(String column, String part) {
        return column.isEmpty() ? part : column + "." + part;
    }

    /**
     * Reads the value that begins at {@code at} into {@code out}.
     *
     * <p>Where the bytes end is not asked: a line feed stands behind them, which no value takes,
     * and behind that is room to load a word (see {@link LineBuffer}). The place is handed on as a
     * number, not in an object: every value would wait for the one before it to be written there.
     *
     * @return the index behind the value, or {@link #UNREAD}
     */
    final int fast(byte[] b, int at, Cells out, int index) {
        if (b[at] == 'n') {
            boolean isNull = b[at + 1] == 'u' && b[at + 2] == 'l' && b[at + 3] == 'l';
            out.setNull(index);
            return nullable && isNull ? at + 4 : UNREAD;
        }
        return fastValue(b, at, out, index);
    }

    /** Likewise; never sees a null. */
    protected abstract int fastValue(byte[] b, int at, Cells out, int index);

    /** The index of the first byte from here on that is no blank; a line feed is none here. */
    static int behindBlanks(byte[] b, int at) {
        int i = at;
        while (b[i] == ' ' || b[i] == '\t' || b[i] == '\r') {
            i++;
        }
        return i;
    }

    /** Whether it may be a blank, and is nothing that a value begins with. */
    static boolean isBlank(byte b) {
        return b <= ' ' && b > 0;
    }

    /** Reads the value whose first token the line stands on; then it stands on the last. */
    final void strict(StrictLine in, Cells out, int index) throws MalformedRowException {
        try {
            switch (in.token()) {
                case VALUE_NULL -> fromNull(out, index);
                case VALUE_STRING -> fromText(in.text(), out, index);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fromNumber(in.text(), out, index);
                case VALUE_TRUE -> fromBoolean(true, out, index);
                case VALUE_FALSE -> fromBoolean(false, out, index);
                case START_ARRAY -> fromArray(in, out, index);
                case START_OBJECT -> fromObject(in, out, index);
                default -> throw new Refusal("a value is missing");
            }
        } catch (Refusal e) {
            throw malformed(in, e);
        }
    }

    /** Reads the name of a JSON object's value as a key: its text is all there is. */
    final void strictKey(StrictLine in, Cells out, int index) throws MalformedRowException {
        try {
            fromText(in.text(), out, index);
        } catch (Refusal e) {
            throw malformed(in, e);
        }
    }

    final MalformedRowException malformed(StrictLine in, Refusal refusal) {
        return column.isEmpty()
                ? in.malformed(refusal.getMessage())
                : new MalformedRowException(in.number(), column, type, refusal.getMessage());
    }

    private void fromNull(Cells out, int index) throws Refusal {
        if (!nullable) {
            throw new Refusal("null, which the type excludes");
        }
        out.setNull(index);
    }

    /** A quoted string, its escapes resolved. */
    protected void fromText(String text, Cells out, int index) throws Refusal {
        throw new Refusal("a string");
    }

    /** A number as it is written. */
    protected void fromNumber(String number, Cells out, int index) throws Refusal {
        throw new Refusal("a number");
    }

    protected void fromBoolean(boolean value, Cells out, int index) throws Refusal {
        throw new Refusal("a boolean");
    }

    /** The line stands on the opening bracket, and afterwards on the closing one. */
    protected void fromArray(StrictLine in, Cells out, int index)
            throws Refusal, MalformedRowException {
        throw new Refusal("an array");
    }

    /** The line stands on the opening brace, and afterwards on the closing one. */
    protected void fromObject(StrictLine in, Cells out, int index)
            throws Refusal, MalformedRowException {
        throw new Refusal("an object");
    }
}
