package ai.altertable.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamingITCase {

    private static final long MANY = 20_000_000;
    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000000000) t(i) WHERE i % 7 = 3";

    private AltertableLocal lakehouse;
    private Http http;
    private final UUID query = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();

    @BeforeEach
    void start() {
        lakehouse = AltertableLocal.start();
        http = Http.of(lakehouse);
    }

    @AfterEach
    void stop() {
        lakehouse.close();
    }

    private String body(String sql) {
        return Http.statement(
                Map.of(
                        "statement", sql,
                        "query_id", query.toString(),
                        "session_id", session.toString()));
    }

    private JsonNode log() {
        return http.get("/query/" + query);
    }

    private boolean hasEnded() {
        return !log().path("end_time").isNull();
    }

    private long rowsSent() {
        return log().path("progress").path("rows_processed").asLong();
    }

    @Test
    void aReaderThatRestsHoldsTheQueryBack() throws IOException {
        String sql = "SELECT i, 'a name of some length ' || i FROM range(" + MANY + ") t(i)";
        var response =
                Http.exchange(
                        http.request("/query").POST(BodyPublishers.ofString(body(sql))).build(),
                        BodyHandlers.ofInputStream());
        try (BufferedReader reader = reader(response.body())) {
            reader.readLine();
            reader.readLine();
            assertThat(reader.readLine()).isEqualTo("[0,\"a name of some length 0\"]");

            long[] last = {-1};
            Await.until(
                    "no further row is sent",
                    () -> {
                        long before = last[0];
                        last[0] = rowsSent();
                        return last[0] > 0 && last[0] == before;
                    });
            assertThat(last[0]).isLessThan(MANY / 10);
            assertThat(hasEnded()).isFalse();
        }
        Await.until("the query ends with its reader", this::hasEnded);
        assertThat(log().path("error").asText()).isNotEmpty();
    }

    private static BufferedReader reader(java.io.InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Test
    void aQueryThatHasSentNothingEndsWhenItsClientGoes() throws IOException {
        try (Socket socket = new Socket(lakehouse.url().getHost(), lakehouse.url().getPort())) {
            byte[] body = body(ENDLESS).getBytes(StandardCharsets.UTF_8);
            String head =
                    "POST /query HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + http.authorization()
                            + "\r\nContent-Length: "
                            + body.length
                            + "\r\n\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            Await.until("the query runs", () -> log().has("uuid"));
            assertThat(hasEnded()).isFalse();
        }

        Await.until("the query has ended", this::hasEnded);
        assertThat(log().path("error").asText()).contains("Interrupted");
    }

    @Test
    void requestsSentAheadOfTheirTurnAreServedToo() throws IOException {
        try (Socket socket = new Socket(lakehouse.url().getHost(), lakehouse.url().getPort())) {
            byte[] slow =
                    Http.statement(
                                    Map.of(
                                            "statement",
                                            "SELECT count(*) FROM range(400000000) t(i) WHERE i % 7"
                                                    + " = 3"))
                            .getBytes(StandardCharsets.UTF_8);
            String head = "Host: localhost\r\nAuthorization: " + http.authorization() + "\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /query HTTP/1.1\r\n"
                                    + head
                                    + "Content-Length: "
                                    + slow.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(slow);
            out.flush();
            Await.until("the first request arrives", () -> lakehouse.rows("SELECT 1").size() == 1);
            out.write(
                    ("GET /nowhere HTTP/1.1\r\n" + head + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            String answers =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).contains("[57142857]").contains("HTTP/1.1 404");
        }
    }

    @Test
    void aQueryEndsWhenItIsToldTo() throws Exception {
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                http.post("/query", BodyPublishers.ofString(body(ENDLESS)));
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        reader.start();
        Await.until("the query runs", () -> log().has("uuid"));

        String path = "/query/" + query + "?session_id=";
        JsonNode stranger = delete(path + UUID.randomUUID());
        assertThat(stranger.path("cancelled").asBoolean()).isFalse();
        assertThat(hasEnded()).isFalse();
        assertThat(delete(path + session).path("cancelled").asBoolean()).isTrue();
        reader.join();
        assertThat(log().path("error").asText()).contains("Interrupted");
        assertThat(delete(path + session).path("cancelled").asBoolean()).isFalse();
    }

    private JsonNode delete(String path) throws IOException {
        return Http.JSON.readTree(Http.send(http.request(path).DELETE().build()).body());
    }
}
