package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever the condition, the rows are the same whether it goes down or not. The conditions are
 * random: {@code -Dfilters.seed=…} repeats a failure, {@code -Dfilters.count=…} tries more.
 */
@SuppressWarnings({"try", "deprecation"})
class FilterEquivalenceITCase {

    private static final int ROWS = 200;

    /** In one job, for speed. */
    private static final int AT_ONCE = 50;

    private static final long SEED = Long.getLong("filters.seed", 20261121L);
    private static final int COUNT = Integer.getInteger("filters.count", 3 * AT_ONCE);

    private static TableLake lake;
    private static StreamTableEnvironment tables;

    @BeforeAll
    static void start() {
        lake = new TableLake();
        ManyTypes.statements("lake.main.t", ROWS, new Random(SEED)).forEach(lake.lake::execute);
        tables = TableLake.streaming(1);
        tables.registerCatalog("recorded", new RecordedPushDowns());
        for (String name : List.of("pushed", "kept", "recorded.`default`.t")) {
            String policy = name.equals("kept") ? "never" : "always";
            lake.declare(
                    tables,
                    name,
                    ManyTypes.declared(),
                    "table",
                    "t",
                    "filter.handling.policy",
                    policy);
        }
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    /** From the statement to the rows, both ways. */
    @Test
    void givesTheSameRows() throws Exception {
        RandomPredicates random = new RandomPredicates(new Random(~SEED));
        List<String> predicates = next(random, 15);

        Map<Integer, Set<Integer>> pushed = idsByPredicate("pushed", predicates);
        Map<Integer, Set<Integer>> kept = idsByPredicate("kept", predicates);

        for (int i = 0; i < predicates.size(); i++) {
            assertThat(pushed.get(i))
                    .as("seed %d: %s", SEED, predicates.get(i))
                    .isEqualTo(kept.get(i));
        }
    }

    /** Without a job for what goes down: DuckDB alone says what it lets through. */
    @Test
    void letsThroughWhatFlinkLetsThrough() throws Exception {
        RandomPredicates random = new RandomPredicates(new Random(SEED));
        int pushed = 0;
        int exact = 0;
        for (int done = 0; done < COUNT; done += AT_ONCE) {
            List<String> predicates = next(random, AT_ONCE);
            Map<Integer, Set<Integer>> flinks = idsByPredicate("kept", predicates);
            for (int i = 0; i < AT_ONCE; i++) {
                RecordedPushDowns.Pushed down = planned(predicates.get(i));
                if (down.where().isEmpty()) {
                    continue;
                }
                String what =
                        "seed %d, condition %d: %s as %s"
                                .formatted(SEED, done + i, predicates.get(i), down.where());
                Set<Integer> expected = flinks.getOrDefault(i, Set.of());
                assertThat(idsOf(down.where(), what)).as(what).containsAll(expected);
                pushed++;
                if (down.isAll()) {
                    assertThat(idsOf(down.where(), what)).as(what).isEqualTo(expected);
                    exact++;
                }
            }
        }
        // Of so many kinds of conditions, not all go down; but the test would be empty if none did.
        assertThat(pushed).isGreaterThan(COUNT / 2);
        assertThat(exact).isGreaterThan(COUNT / 8);
    }

    private static List<String> next(RandomPredicates random, int count) {
        return IntStream.range(0, count).mapToObj(i -> random.next()).toList();
    }

    private static RecordedPushDowns.Pushed planned(String predicate) {
        return RecordedPushDowns.of(
                tables, "SELECT id FROM recorded.`default`.t WHERE " + predicate);
    }

    private static Set<Integer> idsOf(String where, String what) {
        try {
            return lake.lake.rows("SELECT id FROM lake.main.t WHERE " + where).stream()
                    .map(row -> (Integer) row.get(0))
                    .collect(Collectors.toSet());
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    private static Map<Integer, Set<Integer>> idsByPredicate(String table, List<String> predicates)
            throws Exception {
        Map<Integer, Set<Integer>> ids = new TreeMap<>();
        String union =
                IntStream.range(0, predicates.size())
                        .mapToObj(
                                i ->
                                        "SELECT %d AS p, id FROM %s WHERE %s"
                                                .formatted(i, table, predicates.get(i)))
                        .collect(Collectors.joining(" UNION ALL "));
        try (CloseableIterator<Row> rows = tables.executeSql(union).collect()) {
            rows.forEachRemaining(
                    row ->
                            ids.computeIfAbsent(row.<Integer>getFieldAs(0), p -> new TreeSet<>())
                                    .add(row.getFieldAs(1)));
        }
        return ids;
    }
}
