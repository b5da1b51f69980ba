package ai.altertable.local;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Measures what the README of this module says of time and memory. It needs the runnable jar and
 * nothing else:
 *
 * <pre>{@code
 * cd e2e-tests/altertable-local
 * java -cp target/altertable-local.jar src/test/java/ai/altertable/local/Measure.java
 * }</pre>
 */
final class Measure {

    private static final int ROUNDS = 5;
    private static final String ROWS =
            """
            SELECT i AS id, 'customer ' || i AS name, (i * 17 % 1000000)::DECIMAL(15, 2) AS amount,
                   TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS ordered_at, i % 3 = 0 AS paid,
                   md5(i::VARCHAR) AS note
            FROM range(1000000) t(i)\
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder = Files.createTempDirectory("measure-");
    private Process process;
    private URI url;

    private Measure() throws Exception {}

    public static void main(String[] args) throws Exception {
        Measure measure = new Measure();
        measure.makeFiles();
        System.out.println(
                "| 1,000,000 rows of 6 columns | median of " + ROUNDS + " | peak memory |");
        System.out.println("|---|---|---|");
        measure.report("start, until the first answer", () -> measure.query("SELECT 1"));
        for (String format : List.of("parquet", "jsonl")) {
            Path file = measure.folder.resolve("rows." + format);
            String size = Files.size(file) / 1_000_000 + " MB";
            measure.report("upload as " + format + ", " + size, () -> measure.upload(file));
        }
        measure.report("read", () -> measure.query("FROM lake.main.t"));
    }

    private void makeFiles() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String format : List.of("parquet", "jsonl")) {
                String options = format.equals("parquet") ? "PARQUET, COMPRESSION zstd" : "JSON";
                Path file = folder.resolve("rows." + format);
                statement.execute("COPY (" + ROWS + ") TO '" + file + "' (FORMAT " + options + ")");
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Each round in a server of its own, so that the memory is that of the step alone. */
    private void report(String what, Step step) throws Exception {
        long[] millis = new long[ROUNDS];
        long peak = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long starting = System.nanoTime();
            start();
            try {
                if (!what.startsWith("start")) {
                    query("CREATE TABLE lake.main.t AS FROM (" + ROWS + ") LIMIT " + before(what));
                    starting = System.nanoTime();
                }
                step.run();
                millis[i] = (System.nanoTime() - starting) / 1_000_000;
                peak = Math.max(peak, peakMegabytes());
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
        Arrays.sort(millis);
        System.out.printf("| %s | %.2f s | %d MB |%n", what, millis[ROUNDS / 2] / 1000.0, peak);
    }

    private static int before(String what) {
        return what.equals("read") ? 1_000_000 : 0;
    }

    private void start() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        process =
                new ProcessBuilder(
                                java.toString(),
                                "-jar",
                                "target/altertable-local.jar",
                                "--port",
                                "0")
                        .redirectErrorStream(true)
                        .start();
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        url = URI.create(line.substring(line.indexOf("http")));
    }

    private void query(String sql) throws Exception {
        String body = "{\"statement\": \"" + sql.replace('\n', ' ').replace("\"", "\\\"") + "\"}";
        HttpResponse<InputStream> answer =
                client.send(
                        request("/query").POST(BodyPublishers.ofString(body)).build(),
                        BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void upload(Path file) throws Exception {
        HttpResponse<String> answer =
                client.send(
                        request("/upload?catalog=lake&schema=main&table=t&mode=append")
                                .POST(BodyPublishers.ofFile(file))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        byte[] user = "altertable:altertable".getBytes(StandardCharsets.US_ASCII);
        return HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }

    /** Linux counts it; elsewhere it stays 0. */
    private long peakMegabytes() throws Exception {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
