package ai.altertable.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The REST API of a job manager. */
final class FlinkRest {

    private static final List<String> ENDED = List.of("FINISHED", "CANCELED", "FAILED");

    private final JsonHttp http;

    FlinkRest(URI jobManager) {
        this.http = new JsonHttp(jobManager);
    }

    int taskManagers() throws InterruptedException {
        return http.tryGet("/overview").map(o -> o.path("taskmanagers").asInt()).orElse(0);
    }

    /** What the job manager has on its class path, in one text. */
    String classPath() throws IOException, InterruptedException {
        return http.get("/jobmanager/environment").path("classpath").toString();
    }

    String state(String job) throws IOException, InterruptedException {
        return http.get("/jobs/" + job).path("state").asText();
    }

    void awaitFinished(String job) throws Exception {
        Await.until(
                "job " + job + " has ended",
                () -> http.tryGet("/jobs/" + job).map(FlinkRest::hasEnded).orElse(false));
        String state = state(job);
        if (!state.equals("FINISHED")) {
            throw new AssertionError(
                    "the job is " + state + ": " + http.get("/jobs/" + job + "/exceptions"));
        }
    }

    private static boolean hasEnded(JsonNode job) {
        return ENDED.contains(job.path("state").asText());
    }

    /** Until so many more checkpoints are complete than now. */
    void awaitCheckpoints(String job, int more) throws Exception {
        long goal = completedCheckpoints(job) + more;
        Await.until(
                more + " checkpoints of job " + job,
                () -> {
                    if (hasEnded(http.get("/jobs/" + job))) {
                        throw new AssertionError("it ended early, " + state(job));
                    }
                    return completedCheckpoints(job) >= goal;
                });
    }

    private long completedCheckpoints(String job) throws IOException, InterruptedException {
        return http.get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
    }

    /** How often the job failed and was started anew. */
    int failures(String job) throws IOException, InterruptedException {
        return http.get("/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .size();
    }

    /** The names of all metrics of a job's operators and of their coordinators. */
    Set<String> metrics(String job) throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (JsonNode vertex : http.get("/jobs/" + job).path("vertices")) {
            String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
            for (String kind : List.of("/subtasks/metrics", "/jm-operator-metrics")) {
                http.get(path + kind).forEach(metric -> names.add(metric.path("id").asText()));
            }
        }
        return names;
    }

    /** Stops with a savepoint; the answer is where that is. */
    String stop(String job, URI states) throws Exception {
        JsonNode trigger =
                http.post(
                        "/jobs/" + job + "/stop",
                        Map.of("targetDirectory", states.toString(), "drain", false));
        String status = "/jobs/" + job + "/savepoints/" + trigger.path("request-id").asText();
        Await.until(
                "the savepoint of job " + job,
                () -> http.get(status).path("status").path("id").asText().equals("COMPLETED"));
        JsonNode operation = http.get(status).path("operation");
        if (!operation.has("location")) {
            throw new AssertionError("no savepoint: " + operation);
        }
        awaitFinished(job);
        return operation.path("location").asText();
    }

    /** Leaves nothing running for whoever comes next. */
    void cancelAll() throws Exception {
        for (JsonNode job : http.get("/jobs").path("jobs")) {
            if (!ENDED.contains(job.path("status").asText())) {
                String id = job.path("id").asText();
                http.text(http.request("/jobs/" + id).method("PATCH", BodyPublishers.noBody()));
                Await.until("job " + id + " is cancelled", () -> ENDED.contains(state(id)));
            }
        }
    }

    /** Uploads a jar and runs its main class; the answer is the job. */
    String run(Path jar, String main, List<String> arguments) throws Exception {
        String boundary = "----------------------------jar";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                                + " filename=\""
                                + jar.getFileName()
                                + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(Files.readAllBytes(jar));
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        JsonNode uploaded =
                http.send(
                        http.request("/jars/upload")
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
        String name = Path.of(uploaded.path("filename").asText()).getFileName().toString();
        return http.post(
                        "/jars/" + name + "/run",
                        Map.of("entryClass", main, "programArgsList", arguments))
                .path("jobid")
                .asText();
    }
}
