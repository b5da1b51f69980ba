package ai.altertable.flink.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Contenders one after the other, and that several times, so that what else the machine does meets
 * all of them.
 *
 * @param <C> the contenders
 * @param <R> what comes of one run
 */
final class Rounds<C extends Enum<C> & Contender, R> {

    private final Map<C, List<R>> results;

    private Rounds(Class<C> type) {
        results = new EnumMap<>(type);
    }

    /** One run; nothing if there is nothing to say. */
    interface Run<C, R> {
        Optional<R> of(C contender) throws Exception;
    }

    static <C extends Enum<C> & Contender, R> Rounds<C, R> run(
            Class<C> type, int rounds, List<C> contenders, Run<C, R> run) throws Exception {
        Rounds<C, R> all = new Rounds<>(type);
        for (int round = 1; round <= rounds; round++) {
            for (C contender : contenders) {
                Optional<R> result = run.of(contender);
                String shown = result.map(R::toString).orElse("NOT RUN");
                System.out.println("round " + round + ": " + contender.label() + " " + shown);
                result.ifPresent(
                        r -> all.results.computeIfAbsent(contender, c -> new ArrayList<>()).add(r));
            }
        }
        return all;
    }

    /** Those that ran. */
    Set<C> contenders() {
        return results.keySet();
    }

    double median(C contender, ToDoubleFunction<R> of) {
        double[] sorted =
                results.getOrDefault(contender, List.of()).stream()
                        .mapToDouble(of)
                        .sorted()
                        .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** The speeds as a picture below {@code target}, for the documentation. */
    void draw(String name, String title, long rows, ToDoubleFunction<R> seconds)
            throws IOException {
        BarChart chart =
                new BarChart(
                        title,
                        String.format(
                                Locale.ROOT,
                                "rows a second, more is better; medians; parallelism 1, %d cores",
                                Runtime.getRuntime().availableProcessors()));
        for (C contender : contenders()) {
            chart.add(contender.title(), rows / median(contender, seconds), contender.isOurs());
        }
        Path file = Path.of("target", name + ".svg");
        Files.createDirectories(file.getParent());
        Files.writeString(file, chart.svg());
        System.out.println("Drawn: " + file);
    }
}
