package ai.altertable.flink.table;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Conditions in Flink's SQL on {@link ManyTypes}, of every kind that a person may write. */
final class RandomPredicates {

    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final List<String> TESTS =
            List.of("IS TRUE", "IS FALSE", "IS NOT TRUE", "IS NOT FALSE", "IS NULL", "IS NOT NULL");

    private final RandomGenerator random;
    private final List<ManyTypes.Column> columns;
    private final Map<String, List<ManyTypes.Column>> byType;

    RandomPredicates(RandomGenerator random) {
        this.random = random;
        this.columns =
                Stream.concat(ManyTypes.COLUMNS.stream(), ManyTypes.FIELDS.stream()).toList();
        this.byType = columns.stream().collect(Collectors.groupingBy(ManyTypes.Column::flinkType));
    }

    String next() {
        return condition(random.nextInt(4));
    }

    private String condition(int depth) {
        if (depth == 0) {
            return simple();
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> several(depth, " AND ");
            case 2, 3 -> several(depth, " OR ");
            case 4 -> "NOT (" + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + ") " + pick(TESTS);
        };
    }

    private String several(int depth, String word) {
        return IntStream.rangeClosed(0, 1 + random.nextInt(2))
                .mapToObj(i -> "(" + condition(depth - 1) + ")")
                .collect(Collectors.joining(word));
    }

    private String simple() {
        ManyTypes.Column column = pick(columns);
        String name = column.expression();
        return switch (random.nextInt(column.isComparable() ? 12 : 1)) {
            case 0 -> name + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
            case 1 -> name + not() + " IN (" + values(column, 1 + random.nextInt(6)) + ")";
            case 2 ->
                    name
                            + not()
                            + " BETWEEN "
                            + pick(column.values())
                            + " AND "
                            + pick(column.values());
            case 3 -> pick(column.values()) + " " + pick(COMPARISONS) + " " + name;
            case 4 -> {
                ManyTypes.Column other = pick(byType.get(column.flinkType()));
                yield name + " " + pick(COMPARISONS) + " " + other.expression();
            }
            case 5 -> column.flinkType().equals("BOOLEAN") ? name : rarity(column);
            default -> name + " " + pick(COMPARISONS) + " " + pick(column.values());
        };
    }

    /** What has to stay with Flink. */
    private String rarity(ManyTypes.Column column) {
        String name = column.expression();
        return switch (column.flinkType()) {
            case "STRING", "VARCHAR(3)" -> name + " LIKE 'a%'";
            case "INT", "BIGINT" -> "MOD(" + name + ", 3) = 1";
            default -> "CAST(" + name + " AS STRING) > '1'";
        };
    }

    private String not() {
        return random.nextBoolean() ? "" : " NOT";
    }

    private String values(ManyTypes.Column column, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> pick(column.values()))
                .collect(Collectors.joining(", "));
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
