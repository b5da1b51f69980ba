package ai.altertable.flink.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Flink jobs that read the same rows from one source after the other, at parallelism 1, each in a
 * JVM of its own, in several rounds: medians, and their ratio to ours.
 *
 * <p>Arguments: rows (6,000,000), rounds (3), and the contenders (all).
 */
public final class SourceBenchmark {

    private SourceBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 6_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        List<SourceContender> contenders = Contender.of(SourceContender.class, arguments, 2);
        try (SourceServers servers = new SourceServers(postgres(contenders))) {
            servers.load(rows);
            Rounds<SourceContender, Measurement> all =
                    Rounds.run(
                            SourceContender.class,
                            rounds,
                            contenders,
                            contender -> run(contender, servers, rows));
            print(rows, all);
            all.draw("sources", "Reading lineitem rows into Flink", rows, Measurement::seconds);
        }
    }

    private static Optional<Postgres> postgres(List<SourceContender> contenders)
            throws IOException, InterruptedException {
        if (contenders.stream().noneMatch(c -> c.from() == SourceContender.From.POSTGRES)) {
            return Optional.empty();
        }
        Optional<Postgres> postgres = Postgres.start();
        if (postgres.isEmpty()) {
            contenders.stream()
                    .filter(c -> c.from() == SourceContender.From.POSTGRES)
                    .map(c -> "SKIPPED: " + c.title() + ", for there is no PostgreSQL here")
                    .forEach(System.out::println);
        }
        return postgres;
    }

    private static Optional<Measurement> run(
            SourceContender contender, SourceServers servers, long rows)
            throws IOException, InterruptedException {
        Optional<String> url = servers.url(contender.from());
        return url.isEmpty()
                ? Optional.empty()
                : JobProcess.run(SourceJob.class, contender, url.get(), Long.toString(rows));
    }

    private static void print(long rows, Rounds<SourceContender, Measurement> rounds) {
        double ours = rounds.median(SourceContender.OURS, Measurement::seconds);
        System.out.println(
                "| source | rows/s | to ours | CPU µs/row | allocated B/row |\n"
                        + "|---|---|---|---|---|");
        rounds.contenders()
                .forEach(
                        contender ->
                                System.out.printf(
                                        Locale.ROOT,
                                        "| %s | %,.0f | %.2f | %.2f | %.0f |%n",
                                        contender.title(),
                                        rows / rounds.median(contender, Measurement::seconds),
                                        ours / rounds.median(contender, Measurement::seconds),
                                        rounds.median(contender, Measurement::cpu) * 1e6 / rows,
                                        rounds.median(contender, Measurement::allocated) / rows));
    }
}
