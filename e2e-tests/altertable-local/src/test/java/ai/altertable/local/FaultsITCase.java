package ai.altertable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsITCase {

    private static final String INTO_T = "catalog=lake&schema=main&table=t&mode=append&format=json";

    private AltertableLocal lakehouse;
    private Http http;

    @BeforeEach
    void start() {
        lakehouse = AltertableLocal.builder().control(true).start();
        lakehouse.execute("CREATE TABLE t (id BIGINT)");
        http = Http.of(lakehouse);
    }

    @AfterEach
    void stop() {
        lakehouse.close();
    }

    private long rows() {
        return (long) lakehouse.rows("SELECT count(*) FROM t").get(0).get(0);
    }

    @Test
    void answersTheNextRequestsWithAStatus() throws IOException {
        lakehouse.faults().add(Fault.status(503).retryAfter("7").body("not now").times(2));

        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = http.upload(INTO_T, "{\"id\":1}");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("7");
            assertThat(answer.body()).contains("not now");
        }
        assertThat(rows()).isZero();
        assertThat(http.upload(INTO_T, "{\"id\":1}").statusCode()).isEqualTo(200);
        assertThat(rows()).isOne();
    }

    @Test
    void breaksTheConnectionBeforeTheWork() {
        lakehouse.faults().add(Fault.breakBefore());

        assertThatThrownBy(() -> http.upload(INTO_T, "{\"id\":1}")).isInstanceOf(IOException.class);
        assertThat(rows()).isZero();
        assertThat(lakehouse.arrivals().all())
                .singleElement()
                .extracting(a -> a.result().status())
                .isEqualTo(0);
    }

    @Test
    void doesTheWorkAndThenBreaksTheConnection() {
        lakehouse.faults().add(Fault.breakAfter());

        assertThatThrownBy(() -> http.upload(INTO_T, "{\"id\":1}")).isInstanceOf(IOException.class);
        assertThat(rows()).isOne();

        lakehouse.faults().add(Fault.breakAfter());
        assertThatThrownBy(() -> http.query("INSERT INTO t VALUES (2)"))
                .isInstanceOf(IOException.class);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void cutsAResultInTheMiddleOfALine() {
        lakehouse.faults().add(Fault.cutResult(3));

        assertThatThrownBy(() -> http.query("SELECT i FROM range(10) t(i)"))
                .isInstanceOf(IOException.class);

        lakehouse.faults().add(Fault.cutResult(10));
        assertThatThrownBy(() -> http.query("SELECT i FROM range(10) t(i)"))
                .as("a cut behind the last row is a cut, too")
                .isInstanceOf(IOException.class);
    }

    @Test
    void putsAnErrorLineBehindSomeRows() throws IOException {
        lakehouse.faults().add(Fault.errorLine(2, "out of luck"));

        List<String> lines = http.query("SELECT i FROM range(10) t(i)").body().lines().toList();

        assertThat(lines).hasSize(5).endsWith("[0]", "[1]", "{\"error\":\"out of luck\"}");
    }

    @Test
    void delaysTheWorkAndDoesItEvenWhenTheClientHasGivenUp() {
        lakehouse.faults().add(Fault.delay(Duration.ofMillis(800)));

        assertThatThrownBy(
                        () ->
                                Http.send(
                                        http.request("/upload?" + INTO_T)
                                                .timeout(Duration.ofMillis(100))
                                                .POST(BodyPublishers.ofString("{\"id\":1}"))
                                                .build()))
                .isInstanceOf(IOException.class);
        assertThat(rows()).isZero();
        Await.until("the late request is applied", () -> rows() == 1);
    }

    @Test
    void refusesLargeBodiesWhetherTheirLengthIsKnownOrNot() throws IOException {
        lakehouse.faults().refuseBodiesAbove(100);
        byte[] large = new byte[101];

        assertThat(http.post("/upload?" + INTO_T, BodyPublishers.ofByteArray(large)).statusCode())
                .isEqualTo(413);
        assertThat(
                        http.post("/upload?" + INTO_T, BodyPublishers.ofByteArrays(List.of(large)))
                                .statusCode())
                .isEqualTo(413);
        assertThat(http.upload(INTO_T, "{\"id\":1}").statusCode()).isEqualTo(200);
    }

    @Test
    void strikesOnlyWhatItAimsAt() throws IOException {
        lakehouse
                .faults()
                .add(
                        Fault.status(500).onPath("/query").onStatement("needle"),
                        Fault.status(502).onTable("other"));

        assertThat(http.upload(INTO_T, "{\"id\":1}").statusCode()).isEqualTo(200);
        assertThat(http.query("SELECT 'hay'").statusCode()).isEqualTo(200);
        assertThat(http.query("SELECT 'needle'").statusCode()).isEqualTo(500);
        assertThat(http.query("SELECT 'needle'").statusCode()).isEqualTo(200);
        assertThat(http.upload(INTO_T.replace("=t&", "=other&"), "{}").statusCode()).isEqualTo(502);
    }

    @Test
    void randomFaultsRepeatWithTheirSeed() throws IOException {
        List<Integer> first = statusesOfTwentyRequests(42);
        List<Integer> again = statusesOfTwentyRequests(42);

        assertThat(first).isEqualTo(again).contains(200, 503);
        lakehouse.faults().clear();
        assertThat(http.query("SELECT 1").statusCode()).isEqualTo(200);
    }

    private List<Integer> statusesOfTwentyRequests(long seed) {
        lakehouse.faults().random(seed, 0.5, Fault.status(503), Fault.status(500));
        return IntStream.range(0, 20)
                .mapToObj(
                        i -> {
                            try {
                                return http.query("SELECT 1").statusCode();
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .toList();
    }

    @Test
    void keepsWhatArrivedButNoCredentials() throws IOException {
        http.upload(INTO_T, "{\"id\":1}");
        http.upload(INTO_T, "{\"id\":1}");
        http.query("SELECT 1");

        List<Arrival> arrivals = lakehouse.arrivals().all();

        assertThat(arrivals).hasSize(3);
        assertThat(arrivals.get(0).parameters()).containsEntry("table", "t");
        assertThat(arrivals.get(0).body()).isEqualTo(arrivals.get(1).body());
        assertThat(arrivals.get(0).overlaps(arrivals.get(1))).isFalse();
        assertThat(arrivals.get(2).body().statement()).isEqualTo("SELECT 1");
        assertThat(arrivals.toString())
                .doesNotContain(http.authorization())
                .doesNotContainIgnoringCase("authorization");
    }

    @Test
    void canBeControlledOverHttp() throws IOException {
        HttpResponse<String> added =
                http.post(
                        "/_control/faults",
                        BodyPublishers.ofString(
                                "{\"action\":\"status\",\"status\":429,\"retry_after\":\"1\",\"times\":2,"
                                    + "\"path\":\"/query\"}"));

        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(http.query("SELECT 1").statusCode()).isEqualTo(429);
        assertThat(http.get("/_control/faults")).hasSize(1);
        assertThat(http.get("/_control/arrivals")).hasSize(1);
        assertThat(Http.send(http.request("/_control/faults").DELETE().build()).statusCode())
                .isEqualTo(200);
        assertThat(http.query("SELECT 1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"x\"}",
                "{\"action\":\"max_body\",\"bytes\":\"10 MB\"}",
                "{\"action\":\"delay\",\"delay_ms\":-5}",
                "{\"action\":\"cut_result\",\"after_rows\":1.5}",
                "{\"action\":\"break_after\",\"times\":\"twice\"}"
            })
    void refusesAFaultThatItDoesNotUnderstand(String fault) throws IOException {
        assertThat(http.post("/_control/faults", BodyPublishers.ofString(fault)).statusCode())
                .isEqualTo(400);
        assertThat(lakehouse.faults().pending()).isEmpty();
        assertThat(http.query("SELECT 1").statusCode()).isEqualTo(200);
    }

    @Test
    void cannotBeControlledUnlessAskedFor() throws IOException {
        try (AltertableLocal closed = AltertableLocal.start()) {
            assertThat(
                            Http.of(closed)
                                    .post("/_control/faults", BodyPublishers.ofString("{}"))
                                    .statusCode())
                    .isEqualTo(404);
        }
    }
}
