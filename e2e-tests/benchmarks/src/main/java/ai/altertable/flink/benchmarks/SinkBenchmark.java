package ai.altertable.flink.benchmarks;

import ai.altertable.flink.format.TypeMapping;
import ai.altertable.local.AltertableLocal;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Flink jobs that write the same rows into one sink after the other, at parallelism 1, each in a
 * JVM of its own, in several rounds: medians, and their ratio to our Parquet sink.
 *
 * <p>Arguments: rows (2,000,000), rounds (3), megabytes a second of the link to the server (0: no
 * limit), and the contenders (all).
 */
public final class SinkBenchmark {

    private static final long LONGEST_MINUTES = 10;

    private SinkBenchmark() {}

    /** What one run took. */
    private record Run(
            double seconds, double cpu, double allocated, double bytes, double requests) {}

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        long link = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        List<SinkContender> contenders =
                arguments.length > 3
                        ? Arrays.stream(arguments).skip(3).map(SinkBenchmark::contender).toList()
                        : List.of(SinkContender.values());
        Map<SinkContender, List<Run>> runs = new EnumMap<>(SinkContender.class);
        try (AltertableLocal lakehouse = AltertableLocal.builder().user("flink", "flink").start();
                JobServer server = new JobServer(lakehouse, link * 1_000_000)) {
            lakehouse.execute("CREATE TABLE lake.main.lineitem " + ddl());
            for (int round = 1; round <= rounds; round++) {
                for (SinkContender contender : contenders) {
                    Optional<Run> run = run(contender, server, rows);
                    System.out.println(
                            "round "
                                    + round
                                    + ": "
                                    + contender.label()
                                    + " "
                                    + run.map(Run::toString).orElse("NOT RUN"));
                    run.ifPresent(
                            r -> runs.computeIfAbsent(contender, c -> new ArrayList<>()).add(r));
                }
            }
        }
        print(rows, runs);
    }

    private static SinkContender contender(String label) {
        return SinkContender.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String ddl() {
        return TypeMapping.ddl(Lineitem.TYPE);
    }

    private static Optional<Run> run(SinkContender contender, JobServer server, long rows)
            throws IOException, InterruptedException {
        server.takeBytes();
        server.takeRequests();
        Path folder = Files.createTempDirectory("sink-job");
        Path log = folder.resolve("job.log");
        Process job =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx2g",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "-classpath",
                                classPath(contender),
                                SinkJob.class.getName(),
                                contender.name(),
                                server.url(),
                                Long.toString(rows),
                                folder.resolve("warehouse").toString())
                        .redirectError(log.toFile())
                        .start();
        Optional<String> result;
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(job.getInputStream(), StandardCharsets.UTF_8))) {
            result = out.lines().filter(line -> line.startsWith("RESULT ")).findFirst();
        }
        if (!job.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            job.destroyForcibly();
        }
        if (result.isEmpty()) {
            System.out.println(contender.label() + " failed; what it said is in " + log);
            return Optional.empty();
        }
        delete(folder);
        String[] numbers = result.get().split(" ");
        // The warm-up sends half as many rows before.
        double measured = 2.0 / 3;
        return Optional.of(
                new Run(
                        Double.parseDouble(numbers[1]),
                        Double.parseDouble(numbers[2]),
                        Double.parseDouble(numbers[3]),
                        server.takeBytes() * measured,
                        server.takeRequests() * measured));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** A peer has its own, with the Flink that it is made for; ours has the one of this JVM. */
    private static String classPath(SinkContender contender) throws IOException {
        String all = System.getProperty("java.class.path");
        Path peer = Path.of(System.getProperty("peers", "."), contender.label() + ".cp");
        String classes = all.substring(0, all.indexOf(File.pathSeparatorChar));
        return Files.exists(peer)
                ? classes + File.pathSeparator + Files.readString(peer).strip()
                : all;
    }

    private static void print(long rows, Map<SinkContender, List<Run>> runs) {
        double ours = median(runs.getOrDefault(SinkContender.PARQUET, List.of()), Run::seconds);
        System.out.println(
                "| sink | rows/s | to Parquet | CPU µs/row | allocated B/row | sent B/row |"
                        + " requests |\n|---|---|---|---|---|---|---|");
        runs.forEach(
                (contender, all) ->
                        System.out.printf(
                                Locale.ROOT,
                                "| %s | %,.0f | %.2f | %.2f | %.0f | %.0f | %.0f |%n",
                                contender.label(),
                                rows / median(all, Run::seconds),
                                ours / median(all, Run::seconds),
                                median(all, Run::cpu) * 1e6 / rows,
                                median(all, Run::allocated) / rows,
                                median(all, Run::bytes) / rows,
                                median(all, Run::requests)));
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> of) {
        double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
