package ai.altertable.flink.benchmarks;

import ai.altertable.flink.format.TypeMapping;
import ai.altertable.local.AltertableLocal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Flink jobs that write the same rows into one sink after the other, at parallelism 1, each in a
 * JVM of its own, in several rounds: medians, and their ratio to our Parquet sink.
 *
 * <p>Arguments: rows (2,000,000), rounds (3), megabytes a second of the link to the server (0: no
 * limit), and the contenders (all).
 */
public final class SinkBenchmark {

    private SinkBenchmark() {}

    /** What one run took. */
    private record Run(Measurement job, double bytes, double requests) {

        double seconds() {
            return job.seconds();
        }
    }

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        long link = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        List<SinkContender> contenders =
                Contender.of(SinkContender.class, arguments, 3).stream()
                        .filter(SinkBenchmark::canRun)
                        .toList();
        try (AltertableLocal lakehouse = AltertableLocal.builder().user("flink", "flink").start();
                JobServer server = new JobServer(lakehouse, link * 1_000_000)) {
            lakehouse.execute("CREATE TABLE lake.main.lineitem " + TypeMapping.ddl(Lineitem.TYPE));
            Rounds<SinkContender, Run> all =
                    Rounds.run(
                            SinkContender.class,
                            rounds,
                            contenders,
                            contender -> run(contender, server, rows));
            print(rows, all);
            all.draw("sinks", "Writing lineitem rows from Flink", rows, Run::seconds);
        }
    }

    private static boolean canRun(SinkContender contender) {
        boolean can = !contender.isPeer() || JobProcess.hasJars(contender);
        if (!can) {
            System.out.println(
                    "SKIPPED: " + contender.title() + ", whose jars could not be fetched");
        }
        return can;
    }

    private static Optional<Run> run(SinkContender contender, JobServer server, long rows)
            throws IOException, InterruptedException {
        server.takeBytes();
        server.takeRequests();
        // The warm-up sends half as many rows before.
        double measured = 2.0 / 3;
        return JobProcess.run(SinkJob.class, contender, server.url(), Long.toString(rows))
                .map(
                        job ->
                                new Run(
                                        job,
                                        server.takeBytes() * measured,
                                        server.takeRequests() * measured));
    }

    private static void print(long rows, Rounds<SinkContender, Run> rounds) {
        double ours = rounds.median(SinkContender.PARQUET, Run::seconds);
        System.out.println(
                "| sink | rows/s | to Parquet | CPU µs/row | allocated B/row | sent B/row |"
                        + " requests |\n|---|---|---|---|---|---|---|");
        rounds.contenders()
                .forEach(
                        contender ->
                                System.out.printf(
                                        Locale.ROOT,
                                        "| %s | %,.0f | %.2f | %.2f | %.0f | %.0f | %.0f |%n",
                                        contender.title(),
                                        rows / rounds.median(contender, Run::seconds),
                                        ours / rounds.median(contender, Run::seconds),
                                        rounds.median(contender, run -> run.job().cpu())
                                                * 1e6
                                                / rows,
                                        rounds.median(contender, run -> run.job().allocated())
                                                / rows,
                                        rounds.median(contender, Run::bytes) / rows,
                                        rounds.median(contender, Run::requests)));
    }
}
