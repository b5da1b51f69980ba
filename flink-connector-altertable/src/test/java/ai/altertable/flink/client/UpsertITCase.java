package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.ORDERS;
import static ai.altertable.flink.client.TestClients.QUICK;
import static ai.altertable.flink.client.TestClients.arrivals;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpsertITCase {

    private static final List<String> KEY = List.of("id", "part no");

    private final Counts counts = new Counts();
    private AltertableLocal lakehouse;

    private AltertableClient start(Api api, UpsertEndpoint endpoint) {
        lakehouse = AltertableLocal.builder().api(api).start();
        lakehouse.execute(
                "CREATE TABLE lake.main.orders (id BIGINT, \"part no\" BIGINT, v VARCHAR, ts"
                        + " BIGINT)");
        return AltertableClient.open(to(lakehouse, api), QUICK, endpoint, counts);
    }

    @AfterEach
    void stop() {
        lakehouse.close();
    }

    private static Upsert upsert(String lines) {
        return new Upsert(ORDERS, KEY, Optional.empty(), "json", Bytes.of(lines));
    }

    private static String row(int id, int part, String value, int ts) {
        return "{\"id\":%d,\"part no\":%d,\"v\":\"%s\",\"ts\":%d}%n".formatted(id, part, value, ts);
    }

    /** Of the requests that found an endpoint. */
    private List<String> paths(int count) throws Exception {
        return arrivals(lakehouse, count).stream().map(Arrival::path).toList();
    }

    private String table() {
        return lakehouse.rows("SELECT id, v FROM lake.main.orders ORDER BY ALL").toString();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void findsTheEndpointOfEveryGenerationOnce(Api api) throws Exception {
        try (AltertableClient client = start(api, UpsertEndpoint.AUTO)) {
            get(client.upsert(upsert(row(1, 1, "a", 1) + row(2, 1, "b", 1))));
            get(client.upsert(upsert(row(1, 1, "c", 2))));
            get(client.upsert(upsert(row(1, 2, "d", 2))));

            assertThat(table()).isEqualTo("[[1, c], [1, d], [2, b]]");
            String path = api == Api.FIRST ? "/upload" : "/upsert";
            assertThat(paths(3)).containsExactly(path, path, path);
            assertThat(counts.requests).hasValue(api == Api.FIRST ? 4 : 3);
            assertThat(lakehouse.arrivals().all().get(0).parameters())
                    .containsEntry("primary_key", "id,part no");
        }
    }

    @ParameterizedTest
    @CsvSource({"UPSERT, /upsert", "UPLOAD, /upload"})
    void asksOnlyTheEndpointThatIsPinned(UpsertEndpoint endpoint, String path) throws Exception {
        try (AltertableClient client = start(Api.BOTH, endpoint)) {
            get(client.upsert(upsert(row(1, 1, "a", 1))));

            assertThat(paths(1)).containsExactly(path);
            assertThat(counts.requests).hasValue(1);
        }
    }

    @Test
    void failsWhereThePinnedEndpointIsMissing() {
        try (AltertableClient client = start(Api.FIRST, UpsertEndpoint.UPSERT)) {
            assertThat(failureOf(client.upsert(upsert(row(1, 1, "a", 1)))).status()).hasValue(404);
            assertThat(counts.requests).hasValue(1);
        }
    }

    @Test
    void tellsBothRefusalsAndRemembersNothingWhenItIsTheTableThatIsMissing() throws Exception {
        try (AltertableClient client = start(Api.TODAY, UpsertEndpoint.AUTO)) {
            lakehouse.faults().add(Fault.status(404).onPath("/upsert"));

            assertThat(failureOf(client.upsert(upsert(row(1, 1, "a", 1)))))
                    .hasMessageContaining("POST /upsert answered 404, then POST /upload: ");
            get(client.upsert(upsert(row(1, 1, "a", 1))));
            assertThat(paths(3)).containsExactly("/upsert", "/upload", "/upsert");
        }
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void letsTheNewestWinByTheCursor(Api api) {
        try (AltertableClient client = start(api, UpsertEndpoint.AUTO)) {
            for (String lines : List.of(row(1, 1, "new", 9), row(1, 1, "old", 3))) {
                get(
                        client.upsert(
                                new Upsert(
                                        ORDERS, KEY, Optional.of("ts"), "json", Bytes.of(lines))));
            }

            assertThat(table()).isEqualTo("[[1, new]]");
        }
    }

    @Test
    void isRepeatedAfterAnUnknownOutcomeAndCounted() {
        try (AltertableClient client = start(Api.TODAY, UpsertEndpoint.AUTO)) {
            lakehouse.faults().add(Fault.breakAfter(), Fault.status(503));

            get(client.upsert(upsert(row(1, 1, "a", 1))));

            assertThat(table()).isEqualTo("[[1, a]]");
            assertThat(counts.retries).containsExactly(Outcome.UNKNOWN, Outcome.NOT_NOW);
            assertThat(counts.ambiguousRetries).hasValue(1);
        }
    }

    @Test
    void isRepeatedByTheRightEndpointWhenTheSearchForItIsDisturbed() {
        try (AltertableClient client = start(Api.FIRST, UpsertEndpoint.AUTO)) {
            lakehouse.faults().add(Fault.status(503).onPath("/upload"));

            get(client.upsert(upsert(row(1, 1, "a", 1))));

            assertThat(table()).isEqualTo("[[1, a]]");
            assertThat(counts.retries).containsExactly(Outcome.NOT_NOW);
        }
    }
}
