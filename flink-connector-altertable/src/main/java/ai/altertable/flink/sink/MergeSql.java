package ai.altertable.flink.sink;

import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.sink.StagedChunks.How;
import ai.altertable.flink.sink.StagedChunks.Merge;
import ai.altertable.flink.sink.StagedChunks.TypedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statements by which staged rows with keys go into the table, for one round of tables: in
 * these, a key has at most one row to upsert and one operation of each other kind.
 *
 * <p>Not one MERGE: DuckLake takes one kind of update in it. Of the target {@code t} and the staged
 * rows {@code s}, names are qualified wherever both are seen.
 */
final class MergeSql {

    private static final String OPERATION = SqlText.identifier(StagedOperation.COLUMN);

    private final String target;
    private final List<String> columns;
    private final Merge merge;
    private final List<String> keys;
    private final List<String> others;
    private final String sameKey;

    MergeSql(How how) {
        target = CommitScript.name(how.target());
        columns = how.columns().stream().map(SqlText::identifier).toList();
        merge = how.merge();
        keys = merge.key().stream().map(key -> SqlText.identifier(key.name())).toList();
        others = columns.stream().filter(column -> !keys.contains(column)).toList();
        sameKey = each(keys, key -> "t." + key + " = s." + key, " AND ");
    }

    /**
     * @param tables the qualified names
     */
    List<String> statements(List<String> tables) {
        String staged = "(" + each(tables, this::staged, " UNION ALL ") + ") AS s";
        List<String> statements = new ArrayList<>();
        if (rowsAloneDecide()) {
            statements.add("DELETE FROM " + target + " AS t USING " + staged + " WHERE " + sameKey);
            statements.add(insert(staged, is(StagedOperation.UPSERT)));
            return statements;
        }
        statements.add(delete(staged, StagedOperation.DELETE_BEFORE));
        if (!others.isEmpty()) {
            statements.add(update(staged));
        }
        String isNew = "NOT EXISTS (SELECT 1 FROM " + target + " AS t WHERE " + sameKey + ")";
        statements.add(insert(staged, is(StagedOperation.UPSERT) + " AND " + isNew));
        if (!merge.deleteColumn().isEmpty()) {
            statements.add(delete(staged, StagedOperation.DELETE_AFTER));
        }
        return statements;
    }

    /** Whether nothing of a row in the table outlives a staged row with its key. */
    private boolean rowsAloneDecide() {
        return merge.wholeRows() && merge.cursor().isEmpty() && merge.deleteColumn().isEmpty();
    }

    /** The rows of a staged table; keys have the type of the target's, so that they are equal. */
    private String staged(String table) {
        String typedKeys =
                each(
                        merge.key(),
                        key -> typed(key, "") + " AS " + SqlText.identifier(key.name()),
                        ", ");
        String rest = others.stream().map(column -> ", " + column).collect(Collectors.joining());
        return "SELECT " + typedKeys + rest + ", " + OPERATION + " FROM " + table;
    }

    private String delete(String staged, StagedOperation operation) {
        String mark = merge.deleteColumn();
        String what =
                mark.isEmpty()
                        ? "DELETE FROM " + target + " AS t USING "
                        : "UPDATE "
                                + target
                                + " AS t SET "
                                + SqlText.identifier(mark)
                                + " = TRUE FROM ";
        return what + staged + " WHERE " + is(operation) + " AND " + sameKey;
    }

    private String update(String staged) {
        String newer =
                merge.cursor().stream()
                        .map(
                                cursor ->
                                        " AND "
                                                + typed(cursor, "s.")
                                                + " > t."
                                                + SqlText.identifier(cursor.name()))
                        .collect(Collectors.joining());
        return "UPDATE "
                + target
                + " AS t SET "
                + each(others, column -> column + " = s." + column, ", ")
                + " FROM "
                + staged
                + " WHERE "
                + is(StagedOperation.UPSERT)
                + " AND "
                + sameKey
                + newer;
    }

    private String insert(String staged, String condition) {
        return "INSERT INTO "
                + target
                + " ("
                + String.join(", ", columns)
                + ") SELECT "
                + each(columns, column -> "s." + column, ", ")
                + " FROM "
                + staged
                + " WHERE "
                + condition;
    }

    private static String is(StagedOperation operation) {
        return "s." + OPERATION + " = " + operation.code();
    }

    private static String typed(TypedColumn column, String prefix) {
        return SqlText.cast(prefix + SqlText.identifier(column.name()), column.type());
    }

    private static <V> String each(List<V> values, Function<V, String> text, String between) {
        return values.stream().map(text).collect(Collectors.joining(between));
    }
}
