package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.sink.StagedChunks.Merge;
import ai.altertable.flink.sink.StagedChunks.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the one call that commits: all of it happens, or nothing.
 *
 * <p>The rows of the ledger say that it happened. The DROPs see to it that it cannot happen twice:
 * of two such transactions, the second finds no table to drop, or is in conflict with the first.
 */
final class CommitScript {

    private CommitScript() {}

    /**
     * @param all at least one, and all to be committed in the same way
     */
    static String of(List<StagedChunks> all, String job) {
        StagedChunks.How how = all.get(0).how();
        List<String> statements = new ArrayList<>();
        statements.add("BEGIN TRANSACTION");
        statements.add(Ledger.insert(all, job));
        if (how.merge().equals(Merge.NONE)) {
            statements.add(append(how, all));
        } else {
            MergeSql merge = new MergeSql(how);
            rounds(all).values().forEach(tables -> statements.addAll(merge.statements(tables)));
        }
        for (String table : names(all)) {
            statements.add("DROP TABLE " + table);
        }
        statements.add("COMMIT");
        return String.join(";\n", statements);
    }

    private static String append(StagedChunks.How how, List<StagedChunks> all) {
        String columns =
                how.columns().stream().map(SqlText::identifier).collect(Collectors.joining(", "));
        return names(all).stream()
                .map(table -> "SELECT " + columns + " FROM " + table)
                .collect(
                        Collectors.joining(
                                " UNION ALL ",
                                "INSERT INTO " + name(how.target()) + " (" + columns + ") ",
                                ""));
    }

    /** Writers have no key in common, so what counts is the order of each one's tables. */
    private static Map<Integer, List<String>> rounds(List<StagedChunks> all) {
        Map<Integer, List<String>> rounds = new TreeMap<>();
        for (StagedChunks staged : all) {
            for (Table table : staged.tables()) {
                rounds.computeIfAbsent(table.round(), round -> new ArrayList<>())
                        .add(name(staged.id(table)));
            }
        }
        return rounds;
    }

    private static List<String> names(List<StagedChunks> all) {
        return all.stream()
                .flatMap(staged -> staged.tables().stream().map(staged::id))
                .map(CommitScript::name)
                .toList();
    }

    static String name(TableId id) {
        return SqlText.qualified(id.catalog(), id.schema(), id.table());
    }
}
