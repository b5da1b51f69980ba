package ai.altertable.flink.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;

/** Tells, once a second, how many rows a job has taken in, until it has ended. */
final class JobProgress {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI flink;
    private final PrintStream out;

    JobProgress(URI flink, PrintStream out) {
        this.flink = flink;
        this.out = out;
    }

    void follow(JobClient job) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        while (true) {
            try {
                job.getJobExecutionResult().get(1, TimeUnit.SECONDS);
                out.printf(Locale.ROOT, "  done after %.1f s%n%n", seconds(begin));
                return;
            } catch (TimeoutException e) {
                out.printf(
                        Locale.ROOT, "  %,10d rows taken in, %.0f s%n", rows(job), seconds(begin));
            }
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** The most that a part of the job has seen; a chain of operators alone counts nothing. */
    private long rows(JobClient job) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(flink.resolve("/jobs/" + job.getJobID())).build();
            JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            long rows = 0;
            for (JsonNode vertex : answer.path("vertices")) {
                JsonNode metrics = vertex.path("metrics");
                rows = Math.max(rows, metrics.path("write-records").asLong());
                rows = Math.max(rows, metrics.path("read-records").asLong());
            }
            return rows;
        } catch (IOException e) {
            return 0;
        }
    }
}
