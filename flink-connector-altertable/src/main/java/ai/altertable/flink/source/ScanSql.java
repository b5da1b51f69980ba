package ai.altertable.flink.source;

import ai.altertable.flink.TableId;
import ai.altertable.flink.format.DuckType;
import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.format.TypeMapping;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The SQL of a scan at a snapshot: the only place that knows how a SELECT is put together.
 *
 * <p>Every condition stands inside, on the relation's own columns; the exact form of each column
 * and the limit stand outside.
 */
public record ScanSql(Scan scan, long snapshot) {

    /** A condition that holds for every row, and that the server need not look at. */
    static final String EVERY_ROW = "TRUE";

    /**
     * What is read when no column is wanted: rows have to be told from each other by something, and
     * a SELECT needs an item.
     */
    static final RowType ROWS_ALONE =
            RowType.of(new LogicalType[] {new BooleanType(false)}, new String[] {"row"});

    /** The SQL of a scan of whatever is there. */
    public static ScanSql of(Scan scan) {
        return new ScanSql(scan, SplitTemplate.NO_SNAPSHOT);
    }

    /** The row type that is decoded: see {@link #ROWS_ALONE}. */
    static RowType decodedType(Scan scan) {
        return scan.rowType().getFieldCount() == 0 ? ROWS_ALONE : scan.rowType();
    }

    /** The rows before columns become exact: what to DESCRIBE, to count, to explain. */
    public String rows() {
        return rows(EVERY_ROW);
    }

    private String rows(String condition) {
        String items =
                scan.computed().isEmpty()
                        ? "*"
                        : scan.computed().stream()
                                .map(
                                        item ->
                                                item.expression()
                                                        + " AS "
                                                        + SqlText.identifier(item.name()))
                                .collect(Collectors.joining(", "));
        return "SELECT " + items + fromWhere(condition) + groupBy();
    }

    /** All there is of the relation: what to DESCRIBE for {@link #refuseWhatCannotBeRead}. */
    String wholeRelation() {
        return "SELECT * FROM " + relation();
    }

    /**
     * @param relation the columns of {@link #wholeRelation()}
     */
    void refuseWhatCannotBeRead(List<DuckType.Field> relation) {
        scan.reliedOn()
                .forEach(column -> TypeMapping.selectItems(new RowType(List.of(column)), relation));
    }

    /**
     * Any items of the relation's rows that the scan's predicate and this condition let through.
     */
    String select(String items, String condition) {
        return "SELECT " + items + fromWhere(condition);
    }

    /**
     * The statements of the splits.
     *
     * @param columns what {@link #rows()} has
     */
    SplitTemplate template(List<DuckType.Field> columns) {
        String limit = scan.limit() == Scan.NO_LIMIT ? "" : " LIMIT " + scan.limit();
        String items = exactItems(columns);
        // In no SQL: neither a name nor a query may hold it.
        String mark = "\0";
        String statement =
                scan.computed().isEmpty()
                        ? select(items, mark) + limit
                        : "SELECT " + items + " FROM (" + rows(mark) + ") AS rows" + limit;
        int at = statement.indexOf(mark);
        return new SplitTemplate(
                statement.substring(0, at), statement.substring(at + mark.length()), snapshot);
    }

    String exactItems(List<DuckType.Field> columns) {
        return scan.rowType().getFieldCount() == 0
                ? "TRUE AS " + SqlText.identifier(ROWS_ALONE.getFieldNames().get(0))
                : String.join(", ", TypeMapping.selectItems(scan.rowType(), columns));
    }

    private String fromWhere(String condition) {
        String predicate = scan.where().isEmpty() ? "" : " AND (" + scan.where() + ")";
        return " FROM " + relation() + " WHERE (" + condition + ")" + predicate;
    }

    /** The line feed ends a comment that the user's query may end with. */
    private String relation() {
        if (scan.relation() instanceof Scan.Query query) {
            return "(" + query.sql() + "\n) AS query";
        }
        TableId id = ((Scan.Table) scan.relation()).id();
        String table = SqlText.qualified(id.catalog(), id.schema(), id.table());
        return snapshot == SplitTemplate.NO_SNAPSHOT
                ? table
                : table + " AT (VERSION => " + snapshot + ")";
    }

    private String groupBy() {
        List<String> keys = scan.grouping().keys();
        return keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
    }
}
