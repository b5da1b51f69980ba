package ai.altertable.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code altertable-local} as a process of its own, whose tables outlive it. */
final class LakehouseProcess implements AutoCloseable {

    static final String USER = "altertable";

    private static final Path JAR =
            Path.of("..", "altertable-local", "target", "altertable-local.jar");
    private static final String EXTENSIONS = System.getenv("ALTERTABLE_LOCAL_EXTENSIONS");

    private final Path folder;
    private final int port = FreePorts.next();
    private final JsonHttp http;
    private ChildProcess process;

    /** It starts; see {@link #awaitServing}. */
    LakehouseProcess(Path folder) throws IOException {
        this.folder = folder;
        this.http = new JsonHttp(url(), "Authorization", "Basic " + token());
        start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void start() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-Xmx512m", "-jar", JAR.toString()));
        arguments.addAll(List.of("--port", Integer.toString(port), "--control"));
        arguments.addAll(List.of("--data", folder.resolve("data").toString()));
        if (EXTENSIONS != null) {
            // As the service has it; DuckDB alone where the extension is not.
            arguments.addAll(List.of("--storage", "ducklake"));
        }
        process = ChildProcess.java(folder.resolve("lakehouse.log"), Map.of(), arguments);
    }

    void awaitServing() throws Exception {
        process.await("the lakehouse serves", () -> http.tryGet("/_status").isPresent());
    }

    /** SIGKILL, and again from what is on the disk. */
    void killAndStart() throws Exception {
        process.kill();
        start();
        awaitServing();
    }

    void execute(String sql) throws IOException, InterruptedException {
        rows(sql);
    }

    /** What a query answers, each row as a JSON array. */
    List<JsonNode> rows(String sql) throws IOException, InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        HttpRequest.Builder query =
                http.request("/query")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        JsonHttp.JSON.writeValueAsString(
                                                Map.of("statement", sql))));
        List<String> lines = http.text(query).lines().toList();
        for (String line : lines) {
            JsonNode json = JsonHttp.JSON.readTree(line);
            if (json.has("error")) {
                throw new IOException(sql + " failed: " + json.get("error"));
            }
        }
        for (String line : lines.subList(Math.min(2, lines.size()), lines.size())) {
            rows.add(JsonHttp.JSON.readTree(line));
        }
        return rows;
    }

    /** Of a query that has one row, as text. */
    String row(String sql) throws IOException, InterruptedException {
        return rows(sql).get(0).toString();
    }

    long count(String table) throws IOException, InterruptedException {
        return rows("SELECT count(*) FROM lake.main." + table).get(0).get(0).asLong();
    }

    /** What is to go wrong: see the README of altertable-local. */
    void fault(Map<String, ?> fault) throws IOException, InterruptedException {
        http.post("/_control/faults", fault);
    }

    void clearFaults() throws IOException, InterruptedException {
        http.delete("/_control/faults");
    }

    /** Who of our connectors has asked for anything, as they call themselves. */
    Set<String> callers() throws IOException, InterruptedException {
        Set<String> callers = new TreeSet<>();
        for (JsonNode arrival : http.get("/_control/arrivals")) {
            String caller = arrival.path("headers").path("user-agent").asText();
            if (caller.startsWith("flink-connector-altertable")) {
                callers.add(caller);
            }
        }
        return callers;
    }

    void forgetCallers() throws IOException, InterruptedException {
        http.delete("/_control/arrivals");
    }

    private static String token() {
        return Base64.getEncoder()
                .encodeToString((USER + ":" + USER).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.close();
    }
}
