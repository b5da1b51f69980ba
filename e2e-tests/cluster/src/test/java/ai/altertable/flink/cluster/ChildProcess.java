package ai.altertable.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own, whose output is in a file. It ends with this JVM at the latest. */
final class ChildProcess implements AutoCloseable {

    private static final int TAIL = 30;
    private static final int PATIENCE_SECONDS = 10;

    /** It lives for a minute on a machine of two cores. */
    private static final List<String> QUICK_TO_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final Path log;
    private final Thread end;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.end = new Thread(process::destroyForcibly, "end of " + log.getFileName());
    }

    static ChildProcess java(Path log, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK_TO_START);
        command.addAll(arguments);
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(builder.start(), log);
        Runtime.getRuntime().addShutdownHook(child.end);
        return child;
    }

    /** Until it does what it was started for; if it ends before, the end of its output is told. */
    void await(String what, Await.Condition condition) throws Exception {
        Await.until(
                what,
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(log + " ended before " + what + ":\n" + tail());
                    }
                    return condition.holds();
                });
    }

    /** What it printed until it ended by itself. */
    String outputAtItsEnd() throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException(log + " ended with " + process.exitValue() + ":\n" + tail());
        }
        return Files.readString(log);
    }

    private String tail() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - TAIL), all.size()));
        }
    }

    /** SIGKILL: it can do nothing about it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        forget();
    }

    /** SIGTERM first. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        forget();
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // This JVM is ending, and runs the hook.
        }
    }
}
