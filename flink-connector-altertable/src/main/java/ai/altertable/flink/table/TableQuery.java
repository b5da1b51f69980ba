package ai.altertable.flink.table;

import ai.altertable.flink.source.Scan;
import ai.altertable.flink.source.Scan.Computed;
import ai.altertable.flink.source.Scan.Grouping;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.NestedFieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.logical.RowType;

/**
 * What the planner asks of a table: everything that it pushed down, in one immutable value. What is
 * pushed becomes part of the {@link Scan}; beside it stand the columns as they are produced so far,
 * to which Flink's next push-down refers.
 *
 * <p>The order matters, as it does in SQL: rows are filtered, then counted off or aggregated. So a
 * filter is refused after a limit or an aggregation, and an aggregation after a limit, or while
 * Flink has to filter again.
 *
 * @param columns what each produced column is, in the order of the scan's row type; empty once rows
 *     are aggregated
 * @param isExact whether the lakehouse's conditions let through what Flink's filters do, no more
 */
record TableQuery(Scan scan, List<ColumnValue> columns, boolean isExact) implements Serializable {

    private static final long serialVersionUID = 1L;

    TableQuery {
        columns = List.copyOf(columns);
    }

    static TableQuery of(Scan.Relation relation, RowType declared) {
        return new TableQuery(
                Scan.of(relation, declared),
                declared.getFields().stream()
                        .map(field -> new ColumnValue(List.of(field.getName()), field.getType()))
                        .toList(),
                true);
    }

    /** One more filter, and whether Flink need not apply it; nothing if it cannot go down. */
    Optional<Filtered> filtered(ResolvedExpression filter) {
        if (isLimited() || isAggregated()) {
            return Optional.empty();
        }
        return SqlPredicate.of(filter, this::value)
                .map(
                        predicate ->
                                new Filtered(
                                        new TableQuery(
                                                scan.where(conjunction(predicate.sql()))
                                                        .relyingOn(reliedOn(references(filter))),
                                                columns,
                                                isExact && predicate.exact()),
                                        predicate.exact()));
    }

    /** A query with one more filter. */
    record Filtered(TableQuery query, boolean exactly) {}

    /**
     * These columns, or fields of them.
     *
     * @param paths indexes into the columns, and into the fields of ROWs
     */
    TableQuery projected(int[][] paths, RowType produced) {
        List<ColumnValue> chosen = Arrays.stream(paths).map(this::at).toList();
        boolean isPlain = chosen.stream().allMatch(column -> column.path().size() == 1);
        Scan projected =
                isPlain
                        ? scan.columns(produced)
                        : scan.computing(named(chosen, produced), produced);
        return new TableQuery(projected, chosen, isExact);
    }

    private static List<Computed> named(List<ColumnValue> columns, RowType produced) {
        List<Computed> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            named.add(new Computed(columns.get(i).reference(), produced.getFieldNames().get(i)));
        }
        return named;
    }

    /** At most so many rows; nothing while it would be too early to count. */
    Optional<TableQuery> limited(long rows) {
        return isExact && !isAggregated()
                ? Optional.of(
                        new TableQuery(scan.limit(Math.min(rows, scan.limit())), columns, isExact))
                : Optional.empty();
    }

    /** Groups instead of rows; nothing if not all of it can go down. */
    Optional<TableQuery> aggregated(
            int[] keys, List<AggregateExpression> aggregates, RowType produced) {
        if (isLimited() || isAggregated() || !isExact) {
            return Optional.empty();
        }
        List<ColumnValue> reliedOn = new ArrayList<>();
        List<String> groupBy = new ArrayList<>();
        List<Computed> computed = new ArrayList<>();
        List<String> names = produced.getFieldNames();
        for (int key : keys) {
            Optional<GroupKey> groupKey = GroupKey.of(columns.get(key));
            if (groupKey.isEmpty()) {
                return Optional.empty();
            }
            reliedOn.add(columns.get(key));
            groupBy.add(groupKey.get().grouped());
            computed.add(new Computed(groupKey.get().selected(), names.get(computed.size())));
        }
        for (AggregateExpression aggregate : aggregates) {
            List<ColumnValue> arguments =
                    aggregate.getArgs().stream().flatMap(arg -> value(arg).stream()).toList();
            Optional<String> sql =
                    AggregateCall.sql(aggregate, arguments, produced.getTypeAt(computed.size()));
            if (sql.isEmpty()) {
                return Optional.empty();
            }
            reliedOn.addAll(arguments);
            computed.add(new Computed(sql.get(), names.get(computed.size())));
        }
        Scan groups =
                scan.relyingOn(reliedOn(reliedOn.stream()))
                        .aggregating(computed, Grouping.by(groupBy), produced);
        return Optional.of(new TableQuery(groups, List.of(), isExact));
    }

    private boolean isLimited() {
        return scan.limit() != Scan.NO_LIMIT;
    }

    private boolean isAggregated() {
        return scan.grouping().aggregates();
    }

    private String conjunction(String condition) {
        return scan.where().isEmpty() ? condition : scan.where() + " AND " + condition;
    }

    private ColumnValue at(int[] path) {
        ColumnValue column = columns.get(path[0]);
        for (int i = 1; i < path.length; i++) {
            RowType row = (RowType) column.type();
            String name = row.getFieldNames().get(path[i]);
            column = column.field(List.of(name), row.getTypeAt(path[i]));
        }
        return column;
    }

    private Optional<ColumnValue> value(ResolvedExpression expression) {
        if (expression instanceof FieldReferenceExpression reference) {
            return column(reference.getName());
        }
        if (expression instanceof NestedFieldReferenceExpression reference) {
            List<String> names = List.of(reference.getFieldNames());
            return column(names.get(0))
                    .map(
                            column ->
                                    column.field(
                                            names.subList(1, names.size()),
                                            reference.getOutputDataType().getLogicalType()));
        }
        return Optional.empty();
    }

    private Optional<ColumnValue> column(String name) {
        int index = scan.rowType().getFieldIndex(name);
        return index < 0 || isAggregated() ? Optional.empty() : Optional.of(columns.get(index));
    }

    private Stream<ColumnValue> references(ResolvedExpression expression) {
        return Stream.concat(
                value(expression).stream(),
                expression.getResolvedChildren().stream().flatMap(this::references));
    }

    private List<RowType.RowField> reliedOn(Stream<ColumnValue> more) {
        return Stream.concat(scan.reliedOn().stream(), more.map(ColumnValue::asField))
                .distinct()
                .toList();
    }
}
