package ai.altertable.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Storage;
import ai.altertable.local.lake.DuckLake;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page at {@code /} and what it reads. */
class PageITCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @Nested
    class Page {

        @Test
        void isServedToAnyoneUnderItsPolicy() throws Exception {
            try (AltertableLocal lakehouse = AltertableLocal.start()) {
                HttpResponse<String> page = get(lakehouse, "/", "");

                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.headers().firstValue("content-type"))
                        .hasValue("text/html;charset=utf-8");
                assertThat(page.headers().firstValue("content-security-policy"))
                        .hasValue("default-src 'self' 'unsafe-inline'; img-src data:");
            }
        }

        @Test
        void needsNothingFromElsewhere() throws Exception {
            assertThat(page().replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http://", "https://")
                    .doesNotContainPattern("(src|href)=\"(?!data:)")
                    .doesNotContainPattern("@import|\\burl\\(");
        }

        @Test
        void neverTakesNamesForMarkup() throws Exception {
            assertThat(page())
                    .contains("textContent")
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML")
                    .doesNotContain("document.write", "DOMParser", "eval(");
        }

        @Test
        void readsOnlyFieldsThatAreThere() throws Exception {
            try (AltertableLocal lakehouse = AltertableLocal.start()) {
                upload(lakehouse, "events", 1);
                JsonNode status = status(lakehouse);

                Set<String> read = fields("\\bstatus\\.(\\w+)");
                read.remove("error");
                assertThat(read).isNotEmpty().allMatch(status::has);
                assertThat(fields("\\b(?:table|t)\\.(\\w+)"))
                        .isNotEmpty()
                        .allMatch(status.at("/tables/0")::has);
            }
        }

        private static Set<String> fields(String pattern) throws IOException {
            String script = page().substring(page().indexOf("<script>"));
            return Pattern.compile(pattern)
                    .matcher(script)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static String page() throws IOException {
            try (var page = AltertableLocal.class.getResourceAsStream("page.html")) {
                return new String(page.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Nested
    class Status {

        @Test
        void isOnlyForThoseWhoMayComeIn() throws Exception {
            try (AltertableLocal lakehouse = AltertableLocal.start()) {
                HttpResponse<String> stranger = get(lakehouse, "/_status", "");
                assertThat(stranger.statusCode()).isEqualTo(401);
                assertThat(stranger.headers().firstValue("www-authenticate"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));

                assertThat(get(lakehouse, "/_status", basic("altertable:wrong")).statusCode())
                        .isEqualTo(401);
            }
        }

        @Test
        void tellsWhatRuns() throws Exception {
            Instant before = Instant.now();
            try (AltertableLocal lakehouse =
                    AltertableLocal.builder().catalog("lake").catalog("staging").start()) {
                JsonNode status = status(lakehouse);

                assertThat(status.path("storage").textValue()).isEqualTo("duckdb");
                assertThat(status.path("durable").isBoolean()).isTrue();
                assertThat(status.path("durable").booleanValue()).isFalse();
                assertThat(status.path("catalogs").toString()).isEqualTo("[\"lake\",\"staging\"]");
                assertThat(Instant.parse(status.path("started").textValue()))
                        .isBetween(before, Instant.now());
                assertThat(status.path("received").toString())
                        .contains("\"rows\":0", "\"bytes\":0", "\"requests\":0");
                assertThat(status.path("tables").isArray()).isTrue();
                assertThat(status.path("tables")).isEmpty();
            }
        }

        @Test
        void countsWhatArrives() throws Exception {
            try (AltertableLocal lakehouse = AltertableLocal.start()) {
                String name = "<img src=x onerror=alert(1)> \"quoted\" it's";
                long bytes = upload(lakehouse, name, 3);
                JsonNode status = status(lakehouse);

                assertThat(status.at("/received/requests").longValue()).isEqualTo(1);
                assertThat(status.at("/received/rows").longValue()).isEqualTo(3);
                assertThat(status.at("/received/bytes").longValue()).isEqualTo(bytes);
                assertThat(status.path("tables")).hasSize(1);
                JsonNode table = status.at("/tables/0");
                assertThat(table.path("catalog").textValue()).isEqualTo("lake");
                assertThat(table.path("schema").textValue()).isEqualTo("main");
                assertThat(table.path("table").textValue()).isEqualTo(name);
                assertThat(table.path("rows").longValue()).isEqualTo(3);
                assertThat(table.path("columns").longValue()).isEqualTo(2);
                assertThat(table.path("bytes").longValue()).isPositive();
            }
        }

        @ParameterizedTest
        @EnumSource(Storage.class)
        void doesNotCountRowsThatWereDeleted(Storage storage) throws Exception {
            assumeTrue(
                    storage == Storage.DUCKDB || DuckLake.available(),
                    "SKIPPED: the ducklake extension cannot be loaded");
            try (AltertableLocal lakehouse = AltertableLocal.builder().storage(storage).start()) {
                upload(lakehouse, "events", 10);
                lakehouse.execute("DELETE FROM lake.main.events WHERE id < 7");

                assertThat(status(lakehouse).at("/tables/0/rows").longValue()).isEqualTo(3);
            }
        }

        @Test
        void hasTheSizesOfTheFilesOnDuckLake(@TempDir Path data) throws Exception {
            assumeTrue(DuckLake.available(), "the ducklake extension cannot be loaded");
            Path files = data.resolve("lake.files");
            try (AltertableLocal lakehouse =
                    AltertableLocal.builder().storage(Storage.DUCKLAKE).data(data).start()) {
                upload(lakehouse, "events", 5_000);
                JsonNode status = status(lakehouse);

                assertThat(status.path("durable").booleanValue()).isTrue();
                JsonNode table = status.at("/tables/0");
                assertThat(table.path("rows").longValue()).isEqualTo(5_000);
                assertThat(table.path("bytes").longValue()).isEqualTo(sizeOf(files));
            }
        }

        private static long sizeOf(Path folder) throws IOException {
            try (var files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
            }
        }
    }

    private HttpResponse<String> get(AltertableLocal lakehouse, String path, String authorization)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(lakehouse.url().resolve(path));
        if (!authorization.isEmpty()) {
            request.header("authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode status(AltertableLocal lakehouse) throws Exception {
        HttpResponse<String> status = get(lakehouse, "/_status", authorization(lakehouse));
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(status.headers().firstValue("cache-control")).hasValue("no-store");
        return JSON.readTree(status.body());
    }

    /** Makes a table of so many rows; the answer is how many bytes it sent. */
    private long upload(AltertableLocal lakehouse, String table, int rows) throws Exception {
        String body =
                IntStream.range(0, rows)
                        .mapToObj(i -> "{\"id\": " + i + ", \"name\": \"name of " + i + "\"}\n")
                        .collect(Collectors.joining());
        String query = "/upload?catalog=lake&schema=main&mode=create&table=" + encode(table);
        HttpRequest request =
                HttpRequest.newBuilder(lakehouse.url().resolve(query))
                        .header("authorization", authorization(lakehouse))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        return body.length();
    }

    private static String authorization(AltertableLocal lakehouse) {
        return basic(lakehouse.username() + ":" + lakehouse.password());
    }

    private static String basic(String token) {
        return "Basic "
                + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
