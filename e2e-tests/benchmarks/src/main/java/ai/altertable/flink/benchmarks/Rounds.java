package ai.altertable.flink.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
}
