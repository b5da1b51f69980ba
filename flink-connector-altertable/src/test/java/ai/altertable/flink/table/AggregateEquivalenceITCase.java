package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever is aggregated, in whatever groups, the result is the same whether it goes down or not.
 * {@code -Daggregates.seed=…} repeats a failure, {@code -Daggregates.count=…} tries more.
 */
@SuppressWarnings("try")
class AggregateEquivalenceITCase {

    private static final int ROWS = 200;
    private static final int AT_ONCE = 12;

    private static final long SEED = Long.getLong("aggregates.seed", 20261121L);
    private static final int COUNT = Integer.getInteger("aggregates.count", AT_ONCE);

    /** What Flink itself cannot aggregate, or not show as a text. */
    private static final List<String> UNSUITED = List.of("arr", "r", "x");

    /** Groups of more than a row or two, and those that DuckDB would find in other ways. */
    private static final List<String> KEYS = List.of("s", "s2", "b", "n", "ts3", "tm", "dt", "li");

    private static final List<ManyTypes.Column> COLUMNS =
            ManyTypes.COLUMNS.stream()
                    .filter(column -> !UNSUITED.contains(column.expression()))
                    .toList();

    private static TableLake lake;

    @BeforeAll
    static void start() {
        lake = new TableLake();
        lake.lake.execute(
                ManyTypes.createTable("lake.main.t"),
                "INSERT INTO lake.main.t VALUES "
                        + String.join(", ", ManyTypes.rows(ROWS, new Random(SEED))));
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    @Test
    void givesTheSameGroups() throws Exception {
        StreamTableEnvironment pushing = tables("true");
        StreamTableEnvironment keeping = tables("false");
        RandomGenerator random = new Random(SEED);
        int pushed = 0;
        for (int done = 0; done < COUNT; done += AT_ONCE) {
            List<String> queries =
                    IntStream.range(0, AT_ONCE).mapToObj(i -> query(i, random)).toList();
            String union = String.join(" UNION ALL ", queries);
            pushed += TableLake.plan(pushing, union).split("aggregates=\\[", -1).length - 1;

            Map<Integer, List<String>> down = groups(pushing, union);
            Map<Integer, List<String>> kept = groups(keeping, union);

            for (int i = 0; i < AT_ONCE; i++) {
                assertThat(down.get(i))
                        .as("seed %d, aggregation %d: %s", SEED, done + i, queries.get(i))
                        .isEqualTo(kept.get(i));
            }
        }
        assertThat(pushed).isGreaterThan(COUNT / 3);
    }

    private static StreamTableEnvironment tables(String pushDown) {
        StreamTableEnvironment tables = TableLake.batch(1);
        tables.getConfig().set("table.optimizer.source.aggregate-pushdown-enabled", pushDown);
        lake.declare(tables, "t", ManyTypes.declared(), "table", "t");
        return tables;
    }

    private static Map<Integer, List<String>> groups(StreamTableEnvironment tables, String union)
            throws Exception {
        Map<Integer, List<String>> groups = new TreeMap<>();
        for (Row row : TableLake.collect(tables, union)) {
            groups.computeIfAbsent(row.getFieldAs(0), q -> new ArrayList<>())
                    .add(row.getFieldAs(1));
        }
        groups.values().forEach(list -> list.sort(null));
        return groups;
    }

    private static String query(int number, RandomGenerator random) {
        List<String> keys =
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(
                                i ->
                                        random.nextInt(4) == 0
                                                ? pick(COLUMNS, random).expression()
                                                : pick(KEYS, random))
                        .distinct()
                        .toList();
        List<String> values = new ArrayList<>(keys);
        for (int i = 0; i <= random.nextInt(3); i++) {
            values.add(aggregate(random));
        }
        String text =
                values.stream()
                        .map(value -> "COALESCE(CAST(" + value + " AS STRING), 'NULL')")
                        .collect(Collectors.joining(", "));
        return "SELECT %d AS q, CONCAT_WS('|', %s) AS g FROM t%s%s"
                .formatted(
                        number,
                        text,
                        random.nextInt(3) == 0 ? " WHERE i > 0" : "",
                        keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys));
    }

    private static String aggregate(RandomGenerator random) {
        ManyTypes.Column column = pick(COLUMNS, random);
        String name = column.expression();
        boolean isDecimal = column.flinkType().startsWith("DECIMAL");
        return switch (random.nextInt(6)) {
            case 0 -> "COUNT(*)";
            case 1 -> "COUNT(" + name + ")";
            case 2 -> "MIN(" + name + ")";
            case 3 -> "MAX(" + name + ")";
            case 4 -> "SUM(" + pick(List.of("n", "n1", "ni"), random) + ")";
            default -> isDecimal ? "SUM(" + name + ")" : "MAX(" + name + ")";
        };
    }

    private static <T> T pick(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }
}
