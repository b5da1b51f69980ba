package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Flink's types and DuckDB's: what columns are created as, which columns a row type is written into
 * and read from, and how they are selected. Everything is refused that would change a value; a
 * refusal names every column that does not fit, and a way out.
 *
 * <h2>What arrives when a column is selected as said here</h2>
 *
 * <ul>
 *   <li>DECIMAL, FLOAT, DOUBLE, DATE, TIME: the text of the value, DECIMAL in the declared scale
 *   <li>TIMESTAMP(p) and TIMESTAMP_LTZ(p): a whole number, microseconds since 1970 when p &lt;= 6,
 *       nanoseconds when p &gt; 6
 *   <li>BYTES: hexadecimal digits
 *   <li>MAP and MULTISET: a list of structs {@code (key, value)}
 *   <li>ROW: a struct with exactly the row's fields in the row's order
 * </ul>
 */
public final class TypeMapping {

    private TypeMapping() {}

    /** The type with which a column is created. */
    public static String ddl(LogicalType type) {
        List<String> problems = new ArrayList<>();
        String ddl = ddl(type, type.asSummaryString(), problems);
        refuse("Not all types can be mapped to DuckDB", problems);
        return ddl;
    }

    /** The columns of a CREATE TABLE, in parentheses. */
    public static String ddl(RowType columns) {
        List<String> problems = new ArrayList<>();
        NameMatch.refuseDuplicates(columns.getFieldNames(), "", problems);
        String ddl =
                columns.getFields().stream()
                        .map(
                                field ->
                                        SqlText.identifier(field.getName())
                                                + " "
                                                + ddl(field.getType(), field.getName(), problems)
                                                + (field.getType().isNullable() ? "" : " NOT NULL"))
                        .collect(Collectors.joining(", ", "(", ")"));
        refuse("Not all columns can be mapped to DuckDB", problems);
        return ddl;
    }

    /** How the rows are written into a table with these columns, by name. */
    public static ColumnBinding bindForWriting(
            RowType rowType, List<DuckType.Field> table, ChunkFormat format) {
        WriteBinding binding = new WriteBinding(format);
        ColumnBinding columns = binding.bind(rowType, table);
        refuse("The rows cannot be written into the table", binding.problems());
        return columns;
    }

    /**
     * The items of a SELECT on these columns that give the rows, in the row's order, each with the
     * alias that Flink knows the column by.
     */
    public static List<String> selectItems(RowType rowType, List<DuckType.Field> table) {
        ReadExpressions expressions = new ReadExpressions();
        List<String> items = expressions.selectItems(rowType, table);
        refuse("The columns cannot be read", expressions.problems());
        return items;
    }

    /** The Flink type that holds every value of a column, if there is one; for catalogs. */
    public static Optional<LogicalType> flinkType(DuckType column) {
        return NaturalType.of(column);
    }

    private static void refuse(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ValidationException(what + ":\n  " + String.join("\n  ", problems));
        }
    }

    private static String ddl(LogicalType type, String path, List<String> problems) {
        return switch (type.getTypeRoot()) {
            case ARRAY -> ddl(((ArrayType) type).getElementType(), path + "[]", problems) + "[]";
            case MAP -> {
                MapType map = (MapType) type;
                yield map(map.getKeyType(), map.getValueType(), path, problems);
            }
            case MULTISET ->
                    map(((MultisetType) type).getElementType(), new IntType(), path, problems);
            case ROW -> struct((RowType) type, path, problems);
            default ->
                    ScalarMapping.of(type)
                            .map(mapping -> mapping.ddl(type))
                            .orElseGet(
                                    () -> {
                                        problems.add(unmapped(type, path));
                                        return "";
                                    });
        };
    }

    private static String map(
            LogicalType key, LogicalType value, String path, List<String> problems) {
        return "MAP("
                + ddl(key, path + ".key", problems)
                + ", "
                + ddl(value, path + ".value", problems)
                + ")";
    }

    private static String struct(RowType row, String path, List<String> problems) {
        NameMatch.refuseDuplicates(row.getFieldNames(), path, problems);
        if (row.getFieldCount() == 0) {
            problems.add(path + ": a ROW without fields has no counterpart; give it a field");
        }
        return row.getFields().stream()
                .map(
                        field ->
                                SqlText.identifier(field.getName())
                                        + " "
                                        + ddl(
                                                field.getType(),
                                                path + "." + field.getName(),
                                                problems))
                .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }

    /** Why a type has no counterpart, and what to write instead. */
    static String unmapped(LogicalType type, String path) {
        String way =
                switch (type.getTypeRoot()) {
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            "DuckDB holds microseconds; CAST it to TIMESTAMP_LTZ(6)";
                    case TIMESTAMP_WITH_TIME_ZONE -> "CAST it to TIMESTAMP_LTZ(6)";
                    case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> "CAST it to BIGINT or STRING";
                    case NULL -> "CAST the NULL to the type that is meant";
                    case STRUCTURED_TYPE, DISTINCT_TYPE -> "use a ROW of its fields";
                    default -> "CAST it to STRING or BYTES";
                };
        return path + ": " + type.asSummaryString() + " has no counterpart in DuckDB; " + way;
    }
}
