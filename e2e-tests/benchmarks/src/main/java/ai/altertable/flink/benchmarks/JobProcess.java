package ai.altertable.flink.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A contender's Flink job in a JVM of its own, which prints what it measured and ends. */
final class JobProcess {

    private static final long LONGEST_MINUTES = 10;

    private JobProcess() {}

    /**
     * Waits for what it measures; nothing if it failed, which is said.
     *
     * @param main takes the contender's name, the arguments, and a folder for what it likes
     */
    static Optional<Measurement> run(Class<?> main, Contender contender, String... arguments)
            throws IOException, InterruptedException {
        TemporaryFolder folder = TemporaryFolder.create("job");
        Path log = folder.resolve("job.log");
        Process job =
                new ProcessBuilder(command(main, contender, arguments, folder))
                        .redirectError(log.toFile())
                        .start();
        Optional<Measurement> result;
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(job.getInputStream(), StandardCharsets.UTF_8))) {
            result =
                    out.lines()
                            .map(Measurement::parse)
                            .flatMap(Optional::stream)
                            .reduce((first, last) -> last);
        }
        if (!job.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            job.destroyForcibly();
        }
        if (result.isEmpty()) {
            System.out.println(contender.label() + " failed; what it said is in " + log);
        } else {
            folder.close();
        }
        return result;
    }

    private static List<String> command(
            Class<?> main, Contender contender, String[] arguments, TemporaryFolder folder)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        // As a task manager has it: all of the heap, from the start.
                        "-Xms2g",
                        "-Xmx2g",
                        "-XX:+AlwaysPreTouch",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        Optional.ofNullable(System.getProperty("job.options"))
                .ifPresent(options -> command.addAll(List.of(options.split(" "))));
        command.addAll(List.of("-classpath", classPath(contender), main.getName()));
        command.add(contender.name());
        command.addAll(List.of(arguments));
        command.add(folder.resolve("warehouse").toString());
        return command;
    }

    /** Whether it has jars of its own. */
    static boolean hasJars(Contender contender) {
        return Files.exists(jars(contender));
    }

    private static Path jars(Contender contender) {
        return Path.of(System.getProperty("peers", "."), contender.label() + ".cp");
    }

    /** A peer has its own, with the Flink that it is made for; ours has the one of this JVM. */
    private static String classPath(Contender contender) throws IOException {
        String all = System.getProperty("java.class.path");
        Path peer = jars(contender);
        String classes = all.substring(0, all.indexOf(File.pathSeparatorChar));
        return Files.exists(peer)
                ? classes + File.pathSeparator + Files.readString(peer).strip()
                : all;
    }
}
