package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class JobServerTest {

    private static final byte[] BODY = new byte[1_000_000];

    private static HttpResponse<String> post(String url, BodyPublisher body) throws Exception {
        String user = Base64.getEncoder().encodeToString("flink:flink".getBytes());
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Basic " + user)
                        .header("Content-Type", "application/json")
                        .POST(body)
                        .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static AltertableLocal lakehouse() {
        return AltertableLocal.builder().user("flink", "flink").start();
    }

    @Test
    void countsWhatItThrowsAway() throws Exception {
        try (AltertableLocal lakehouse = lakehouse();
                JobServer server = new JobServer(lakehouse, 0)) {
            post(server.url() + "/upload?table=t", BodyPublishers.ofByteArray(BODY));
            post(
                    server.url() + "/drain",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY)));

            assertThat(server.takeBytes()).isEqualTo(2L * BODY.length);
            assertThat(server.takeRequests()).isEqualTo(2);
            assertThat(server.takeBytes()).isZero();
        }
    }

    @Test
    void isNoFasterThanItsLink() throws Exception {
        try (AltertableLocal lakehouse = lakehouse();
                JobServer server = new JobServer(lakehouse, 10_000_000)) {
            long begin = System.nanoTime();
            post(server.url() + "/upload", BodyPublishers.ofByteArray(BODY));

            assertThat(System.nanoTime() - begin).isGreaterThan(50_000_000);
        }
    }

    @Test
    void letsTheLakehouseAnswerQuestions() throws Exception {
        try (AltertableLocal lakehouse = lakehouse();
                JobServer server = new JobServer(lakehouse, 0)) {
            HttpResponse<String> answer =
                    post(
                            server.url() + "/query",
                            BodyPublishers.ofString("{\"statement\": \"SELECT 6 * 7 AS n\"}"));

            assertThat(answer.body()).endsWith("[42]\n");
        }
    }
}
