package ai.altertable.flink.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;

/**
 * How many rows have come out of a job's sources, by Flink's REST API.
 *
 * <p>A task's own count does not do: one whose operators are all chained sends nothing, and one
 * that feeds two others sends each row twice. So it is asked of the operator that is the source.
 */
final class JobRows {

    /** A scan whose end is known by its table alone: nothing but columns was pushed into it. */
    private static final Pattern SCAN =
            Pattern.compile("TableSourceScan\\(table=\\[\\[(\\w+), (\\w+), (\\w+)]]");

    private static final String SOURCE = "Source__";
    private static final String ROWS = ".numRecordsOut";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI flink;
    private final Function<String, OptionalLong> sizes;

    /**
     * @param sizes how many rows a table has, by its full name, where that is known
     */
    JobRows(URI flink, Function<String, OptionalLong> sizes) {
        this.flink = flink;
        this.sizes = sizes;
    }

    /** So far. */
    long of(JobID job) throws IOException, InterruptedException {
        long rows = 0;
        for (JsonNode source : sources(job)) {
            String metrics =
                    "/jobs/"
                            + job
                            + "/vertices/"
                            + source.path("id").asText()
                            + "/subtasks/metrics";
            List<String> counts = new ArrayList<>();
            for (JsonNode metric : get(metrics)) {
                String id = metric.path("id").asText();
                if (id.startsWith(SOURCE) && id.endsWith(ROWS)) {
                    counts.add(URLEncoder.encode(id, StandardCharsets.UTF_8));
                }
            }
            if (!counts.isEmpty()) {
                for (JsonNode count : get(metrics + "?agg=sum&get=" + String.join(",", counts))) {
                    rows += count.path("sum").asLong();
                }
            }
        }
        return rows;
    }

    /** How many it will be, if all of its sources tell. */
    OptionalLong total(JobID job) throws IOException, InterruptedException {
        long total = 0;
        for (JsonNode source : sources(job)) {
            OptionalLong size = size(source.path("description").asText());
            if (size.isEmpty()) {
                return size;
            }
            total += size.getAsLong();
        }
        return OptionalLong.of(total);
    }

    /** Of a task, which may be several sources in one. */
    private OptionalLong size(String description) {
        long size = 0;
        int scans = 0;
        for (Matcher scan = SCAN.matcher(description); scan.find(); scans++) {
            String table = "`%s`.`%s`.`%s`".formatted(scan.group(1), scan.group(2), scan.group(3));
            OptionalLong rows = sizes.apply(table);
            if (rows.isEmpty()) {
                return rows;
            }
            size += rows.getAsLong();
        }
        boolean isAll = scans > 0 && scans == description.split("TableSourceScan\\(").length - 1;
        return isAll ? OptionalLong.of(size) : OptionalLong.empty();
    }

    /** Those tasks that nothing goes into. */
    private List<JsonNode> sources(JobID job) throws IOException, InterruptedException {
        List<JsonNode> sources = new ArrayList<>();
        for (JsonNode task : get("/jobs/" + job).path("plan").path("nodes")) {
            if (task.path("inputs").isEmpty()) {
                sources.add(task);
            }
        }
        return sources;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(flink.resolve(path)).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
