package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
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
    private static final int COUNT = Integer.getInteger("filters.count", 2 * AT_ONCE);

    private static List<String> values;
    private static TableLake lake;

    /**
     * The same rows in several Parquet files, whose statistics leave some out; if it is at hand.
     */
    private static Optional<AltertableLocal> duckLake;

    private static StreamTableEnvironment tables;

    // Its successor wants a factory to be found by name, for the sake of this test alone.
    @SuppressWarnings("deprecation")
    @BeforeAll
    static void start() {
        lake = new TableLake();
        values = ManyTypes.rows(ROWS, new Random(SEED));
        lake.lake.execute(
                ManyTypes.createTable("lake.main.t"),
                "INSERT INTO lake.main.t VALUES " + String.join(", ", values));
        duckLake =
                Optional.ofNullable(System.getenv("ALTERTABLE_LOCAL_EXTENSIONS"))
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .map(FilterEquivalenceITCase::startDuckLake);
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

    private static AltertableLocal startDuckLake(Path extensions) {
        AltertableLocal started =
                AltertableLocal.builder().storage(Storage.DUCKLAKE).extensions(extensions).start();
        // It has no collations.
        String ddl = ManyTypes.createTable("lake.main.t").replace(" COLLATE NOCASE", "");
        started.execute(ddl);
        for (int id = 0; id < ROWS; id += ROWS / 10) {
            started.execute(
                    "INSERT INTO lake.main.t VALUES "
                            + String.join(", ", values.subList(id, id + ROWS / 10)));
        }
        return started;
    }

    @AfterAll
    static void stop() {
        lake.close();
        duckLake.ifPresent(AltertableLocal::close);
    }

    /** From the statement to the rows, both ways. */
    @Test
    void givesTheSameRows() throws Exception {
        RandomPredicates random = new RandomPredicates(new Random(~SEED));
        List<String> predicates = next(random, 10);

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
                for (AltertableLocal asked : lakes()) {
                    Set<Integer> ids = idsOf(asked, down.where(), what);
                    assertThat(ids).as(what).containsAll(expected);
                    if (down.isAll()) {
                        assertThat(ids).as(what).isEqualTo(expected);
                    }
                }
                pushed++;
                exact += down.isAll() ? 1 : 0;
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

    private static List<AltertableLocal> lakes() {
        return Stream.concat(Stream.of(lake.lake), duckLake.stream()).toList();
    }

    private static Set<Integer> idsOf(AltertableLocal asked, String where, String what) {
        try {
            return asked.rows("SELECT id FROM lake.main.t WHERE " + where).stream()
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
        for (Row row : TableLake.collect(tables, union)) {
            ids.computeIfAbsent(row.<Integer>getFieldAs(0), p -> new TreeSet<>())
                    .add(row.getFieldAs(1));
        }
        return ids;
    }
}
