package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.format.DuckType;
import ai.altertable.flink.format.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;

/**
 * The column by whose values rows are divided.
 *
 * @param sql the column as an expression
 * @param type of the column; its order and its literals are DuckDB's alone, since both sides of
 *     every comparison are evaluated there
 * @param mayBeNull whether rows without a value have to be looked after
 */
record PartitionColumn(String sql, DuckType type, boolean mayBeNull) {

    /** Types with a total order whose text, cast back, is the very same value. */
    private static final Set<String> ORDERED =
            Set.of(
                    "BOOLEAN",
                    "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "DECIMAL",
                    "FLOAT",
                    "DOUBLE",
                    "DATE",
                    "TIME",
                    "TIMESTAMP",
                    "TIMESTAMP_S",
                    "TIMESTAMP_MS",
                    "TIMESTAMP_NS",
                    "TIMESTAMP WITH TIME ZONE",
                    "VARCHAR",
                    "UUID");

    /** Enough of a text to be a boundary, which need not be a value. */
    private static final int TEXT_PREFIX = 100;

    private static final String UTC = " AT TIME ZONE 'UTC'";

    /** The number that a table gives to each of its rows, where it does. */
    static final PartitionColumn ROWID =
            new PartitionColumn("rowid", DuckType.parse("BIGINT"), false);

    /** The column of this name, without regard to case. */
    static PartitionColumn named(String name, List<DuckType.Field> columns) {
        DuckType.Field column =
                columns.stream()
                        .filter(candidate -> candidate.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> unfit(name, "there is no such column", columns));
        if (!ORDERED.contains(column.type().name())) {
            throw unfit(
                    name,
                    "a column of the type " + column.type().ddl() + " does not divide rows",
                    columns);
        }
        return new PartitionColumn(SqlText.identifier(column.name()), column.type(), true);
    }

    private static ValidationException unfit(
            String name, String problem, List<DuckType.Field> columns) {
        String fit =
                columns.stream()
                        .filter(column -> ORDERED.contains(column.type().name()))
                        .map(DuckType.Field::name)
                        .collect(Collectors.joining(", "));
        return new ValidationException(
                "Option '%s' is %s: %s; fit are %s"
                        .formatted(
                                AltertableOptions.SCAN_PARTITION_COLUMN.key(),
                                name,
                                problem,
                                fit.isEmpty() ? "none of the columns" : fit));
    }

    /** Not if a column of its name hides it. */
    static boolean mayHaveRowid(Scan scan, List<DuckType.Field> columns) {
        return scan.relation() instanceof Scan.Table
                && columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(ROWID.sql));
    }

    /**
     * The boundaries of so many parts of about the same size, as texts in their order, from a
     * sample. Fewer where values repeat.
     */
    String boundaries(ScanSql sql, int parts, int sampleRows) {
        String value =
                type.name().equals("VARCHAR") ? "left(" + sql() + ", " + TEXT_PREFIX + ")" : sql();
        return """
        SELECT CAST(min(value)%s AS VARCHAR) AS f0 FROM (
        SELECT value, ntile(%d) OVER (ORDER BY value) AS part FROM (%s) USING SAMPLE %d ROWS)
        GROUP BY part HAVING part > 1 ORDER BY part\
        """
                .formatted(
                        isInstant() ? UTC : "",
                        parts,
                        sql.select(value + " AS value", sql() + " IS NOT NULL"),
                        sampleRows);
    }

    /**
     * Conditions of which each row meets exactly one: open at both ends, so that what comes later
     * or was not in the sample is met as well.
     *
     * @param boundaries the answer to {@link #boundaries}
     */
    List<String> conditions(List<RowData> boundaries) {
        List<String> literals =
                boundaries.stream()
                        .map(row -> row.getString(0).toString())
                        // A text that cannot stand in SQL need not be a boundary either.
                        .filter(text -> text.indexOf('\0') < 0)
                        .distinct()
                        .map(this::literal)
                        .toList();
        List<String> conditions = new ArrayList<>();
        if (literals.isEmpty()) {
            return List.of(ScanSql.EVERY_ROW);
        }
        conditions.add(sql + " < " + literals.get(0));
        for (int i = 1; i < literals.size(); i++) {
            conditions.add(
                    sql + " >= " + literals.get(i - 1) + " AND " + sql + " < " + literals.get(i));
        }
        conditions.add(sql + " >= " + literals.get(literals.size() - 1));
        if (mayBeNull) {
            conditions.add(sql + " IS NULL");
        }
        return conditions;
    }

    private String literal(String text) {
        String quoted = SqlText.quoted(text);
        return isInstant()
                ? "(CAST(" + quoted + " AS TIMESTAMP)" + UTC + ")"
                : "CAST(" + quoted + " AS " + type.ddl() + ")";
    }

    /** Its text names an offset in minutes, which in olden times had seconds. */
    private boolean isInstant() {
        return type.name().equals("TIMESTAMP WITH TIME ZONE");
    }
}
