package ai.altertable.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runnable jar in a process of its own. */
final class LocalProcess implements AutoCloseable {

    private static final Pattern SERVES = Pattern.compile("serves (https?://\\S+)");

    private final Process process;
    private final List<String> greeting = new ArrayList<>();
    private URI url;

    private LocalProcess(Process process) {
        this.process = process;
    }

    /** Starts the jar and returns when it serves. */
    static LocalProcess serving(String... flags) throws IOException {
        return servingWith(Map.of(), flags);
    }

    /** As {@link #serving}, with more variables in its environment. */
    static LocalProcess servingWith(Map<String, String> environment, String... flags)
            throws IOException {
        LocalProcess started = new LocalProcess(launch(environment, List.of(), flags));
        started.readGreeting();
        return started;
    }

    /** As {@link #serving}, in a heap of so many megabytes. */
    static LocalProcess servingIn(int heapMegabytes, String... flags) throws IOException {
        LocalProcess started =
                new LocalProcess(launch(Map.of(), List.of("-Xmx" + heapMegabytes + "m"), flags));
        started.readGreeting();
        return started;
    }

    /** Starts the jar and waits for its end; the answer is its exit code and what it printed. */
    static String running(String... flags) throws IOException, InterruptedException {
        Process process = launch(Map.of(), List.of(), flags);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return "exit " + process.waitFor() + "\n" + output;
    }

    private static Process launch(
            Map<String, String> environment, List<String> jvm, String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-jar", Path.of("target", "altertable-local.jar").toString()));
        command.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void readGreeting() throws IOException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            greeting.add(line);
            Matcher serves = SERVES.matcher(line);
            if (serves.find()) {
                url = URI.create(serves.group(1));
            }
            if (line.startsWith("Ctrl-C")) {
                return;
            }
        }
        throw new IllegalStateException("it did not start: " + greeting);
    }

    List<String> greeting() {
        return greeting;
    }

    Http http() {
        return new Http(url, Settings.DEFAULT_USER, Settings.DEFAULT_USER);
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: nothing is written any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; the answer is the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
