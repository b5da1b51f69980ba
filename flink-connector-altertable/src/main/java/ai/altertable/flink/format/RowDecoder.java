package ai.altertable.flink.format;

import java.io.InputStream;
import org.apache.flink.table.types.logical.RowType;

/**
 * Turns the lines that {@code /query} answers into rows of Flink. Bound to the types once; then
 * used for one answer after the other, by one thread.
 *
 * <h2>Binding</h2>
 *
 * The fields of the type are the columns of the SELECT in their order, and their names are its
 * aliases. What the server says of names and types is not believed: only the number of columns is
 * compared. A type without a counterpart in DuckDB is refused here.
 *
 * <h2>What is accepted</h2>
 *
 * Rows as arrays, or as objects that name every column once. Per type:
 *
 * <ul>
 *   <li>integers: numbers, quoted or not, in range and without a fraction
 *   <li>DECIMAL: text or number, if the declared precision and scale hold it exactly
 *   <li>FLOAT, DOUBLE: text or number, rounded to the nearest; NaN and infinities by name
 *   <li>BOOLEAN: {@code true} and {@code false}
 *   <li>DATE, TIME: text; a TIME is cut to milliseconds, which is all that Flink keeps
 *   <li>TIMESTAMP, TIMESTAMP_LTZ: a number of microseconds since 1970 (nanoseconds if the precision
 *       is above 6), or a text, which for TIMESTAMP_LTZ must name its offset; digits beyond the
 *       declared precision are cut
 *   <li>BINARY, VARBINARY: hexadecimal text
 *   <li>CHAR, VARCHAR: text; a number, an array, an object that stands there unquoted is taken as
 *       the text that it is, which is how servers inline JSON. Lengths are not enforced
 *   <li>ARRAY: an array. MAP: a list of entries, each {@code [key, value]} or {@code {"key": …,
 *       "value": …}}, or an object. MULTISET: a MAP of counts. ROW: an array or an object, like a
 *       row
 *   <li>null wherever the type allows it, at every depth
 * </ul>
 *
 * Everything else is an error; nothing is guessed and no digit is dropped silently, but for those
 * that the declared precision of a time leaves out.
 */
public final class RowDecoder {

    private final StructDecoder row;

    public RowDecoder(RowType type) {
        this.row = new StructDecoder(type, "");
    }

    /**
     * The rows of an answer. Nothing is read yet.
     *
     * @param answer its body, from the first line on. Its end must be the clean end of the body: a
     *     stream that was cut must throw instead. It is read in large pieces and not closed
     */
    public QueryRows rows(InputStream answer) {
        return new QueryRows(answer, row);
    }
}
