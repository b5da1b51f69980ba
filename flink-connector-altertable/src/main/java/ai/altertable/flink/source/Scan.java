package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.TableId;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.types.logical.RowType;

/**
 * What is to be read: an immutable value that travels in the job graph. It says nothing of how: not
 * of splits, snapshots, or the exact form of each column. {@link ScanSql} makes all SQL of it, once
 * the real types of the columns are known; nobody else writes a SELECT.
 *
 * <h2>Shape</h2>
 *
 * <pre>{@code
 * SELECT <rowType, exactly> FROM (
 *   SELECT <computed> FROM <relation> WHERE <where> GROUP BY <keys>) LIMIT <limit>
 * }</pre>
 *
 * <p>Without computed columns there is no inner SELECT: the row type's names are the relation's.
 *
 * @param rowType what is produced: columns of the relation, or of {@code computed}, by name and
 *     without regard to case; it may have no column at all, when only the rows count
 * @param where a predicate in SQL on the relation's columns; empty: all rows
 * @param limit that no more rows are needed; a scan of several splits may give more
 * @param computed expressions on the relation's columns under names of their own, such as a field
 *     of a STRUCT or an aggregate; empty: the relation's columns themselves
 * @param reliedOn columns of the relation, each with a type as which it must be readable, or the
 *     job does not start: that is what {@code where} and {@code computed} were made for, whether or
 *     not the columns themselves are produced
 */
public record Scan(
        Relation relation,
        RowType rowType,
        String where,
        long limit,
        List<Computed> computed,
        Grouping grouping,
        List<RowType.RowField> reliedOn)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** Where the rows are. */
    public sealed interface Relation extends Serializable {

        /** What messages call it. */
        @Override
        String toString();
    }

    /** A table, or a view. */
    public record Table(TableId id) implements Relation {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return id.toString();
        }
    }

    /**
     * A SELECT of the user's, read as a subquery.
     *
     * @param sql never shown: it may hold values
     */
    public record Query(String sql) implements Relation {

        private static final long serialVersionUID = 1L;

        public Query {
            sql = sql.strip();
            while (sql.endsWith(";")) {
                sql = sql.substring(0, sql.length() - 1).stripTrailing();
            }
            if (sql.isEmpty() || sql.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("Option 'scan.query' holds no query");
            }
        }

        @Override
        public String toString() {
            return "scan.query";
        }
    }

    /**
     * A column of the inner SELECT.
     *
     * @param expression SQL on the relation's columns
     * @param name unquoted
     */
    public record Computed(String expression, String name) implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Whether rows are aggregated, and by what. What is aggregated is one split: half of a group is
     * no row.
     *
     * @param keys expressions in SQL on the relation's columns; none: all rows are one group
     */
    public record Grouping(boolean aggregates, List<String> keys) implements Serializable {

        private static final long serialVersionUID = 1L;

        public static final Grouping NONE = new Grouping(false, List.of());

        public Grouping {
            keys = List.copyOf(keys);
        }

        public static Grouping by(List<String> keys) {
            return new Grouping(true, keys);
        }
    }

    public Scan {
        computed = List.copyOf(computed);
        reliedOn = List.copyOf(reliedOn);
        if (limit < 0) {
            throw new IllegalArgumentException("a limit is not negative: " + limit);
        }
        if (grouping.aggregates() && computed.isEmpty()) {
            throw new IllegalArgumentException("an aggregation computes something");
        }
    }

    /** The query that the options name, or the table. */
    public static Relation relation(ReadableConfig config) {
        Optional<String> query = config.getOptional(AltertableOptions.SCAN_QUERY);
        Optional<String> table = config.getOptional(AltertableOptions.TABLE);
        if (query.isPresent() == table.isPresent()) {
            throw new IllegalArgumentException(
                    "Set either the option '%s' or the option '%s'"
                            .formatted(
                                    AltertableOptions.TABLE.key(),
                                    AltertableOptions.SCAN_QUERY.key()));
        }
        return query.isPresent()
                ? new Query(query.get())
                : new Table(
                        new TableId(
                                config.get(AltertableOptions.CATALOG),
                                config.get(AltertableOptions.SCHEMA),
                                table.get()));
    }

    /** All rows of a relation, these columns of it. */
    public static Scan of(Relation relation, RowType rowType) {
        return new Scan(relation, rowType, "", NO_LIMIT, List.of(), Grouping.NONE, List.of());
    }

    public Scan columns(RowType newRowType) {
        return new Scan(relation, newRowType, where, limit, computed, grouping, reliedOn);
    }

    public Scan where(String predicate) {
        return new Scan(relation, rowType, predicate, limit, computed, grouping, reliedOn);
    }

    public Scan limit(long rows) {
        return new Scan(relation, rowType, where, rows, computed, grouping, reliedOn);
    }

    /** Columns of which at least one is not simply one of the relation. */
    public Scan computing(List<Computed> columns, RowType newRowType) {
        return new Scan(relation, newRowType, where, limit, columns, grouping, reliedOn);
    }

    /** The groups of the rows instead of the rows. */
    public Scan aggregating(List<Computed> columns, Grouping groups, RowType newRowType) {
        return new Scan(relation, newRowType, where, limit, columns, groups, reliedOn);
    }

    public Scan relyingOn(List<RowType.RowField> columns) {
        return new Scan(relation, rowType, where, limit, computed, grouping, columns);
    }

    /** The name for messages: never SQL. */
    public String about() {
        return relation.toString();
    }

    /** Shows no SQL: it may hold values. */
    @Override
    public String toString() {
        return "scan of " + about();
    }
}
