package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §2, the optional fields of a query today, and what a {@code query_id} is good for. */
abstract class QueryOptionsSuite extends ContractPart {

    private static ObjectNode statement(String statement) {
        return WireClient.statement(statement);
    }

    @Nested
    @DisplayName("§2 optional fields")
    class Fields {

        @Test
        void areAllAcceptedAtOnce() {
            ObjectNode request =
                    statement("SELECT range AS n FROM range(10) ORDER BY n")
                            .put("session_id", UUID.randomUUID().toString())
                            .put("query_id", UUID.randomUUID().toString())
                            .put("timezone", "UTC")
                            .put("cache", true)
                            .put("compute_size", "XS")
                            .put("requested_by", "contract suite 🦆")
                            .put("ephemeral", true)
                            .put("limit", 2)
                            .put("offset", 3);

            assertThat(client().query(request).mustSucceed().rows()).containsExactly("[3]", "[4]");
        }

        @Test
        void mayBeNull() {
            ObjectNode request =
                    statement("SELECT 1 AS n")
                            .putNull("session_id")
                            .putNull("query_id")
                            .putNull("timezone")
                            .putNull("limit")
                            .putNull("offset");

            assertThat(client().query(request).mustSucceed().rows()).containsExactly("[1]");
        }

        @ParameterizedTest
        @CsvSource({"3,0,012", "2,9,9", "5,20,''", "0,0,''", "100,8,89"})
        void limitAndOffsetCutTheResult(int limit, int offset, String expected) {
            ObjectNode request =
                    statement("SELECT range AS n FROM range(10) ORDER BY n")
                            .put("limit", limit)
                            .put("offset", offset);

            String digits = String.join("", client().query(request).mustSucceed().rows());

            assertThat(digits.replaceAll("[^0-9]", "")).isEqualTo(expected);
        }

        @Test
        void limitAndOffsetWorkAlone() {
            String ten = "SELECT range AS n FROM range(10) ORDER BY n";

            assertThat(client().query(statement(ten).put("limit", 1)).mustSucceed().rows())
                    .containsExactly("[0]");
            assertThat(client().query(statement(ten).put("offset", 9)).mustSucceed().rows())
                    .containsExactly("[9]");
        }

        @Test
        void aLimitLeavesAStatementWithItsOwnLimitAndCommentsWhole() {
            ObjectNode request =
                    statement("SELECT range AS n FROM range(10) ORDER BY n LIMIT 4; -- done")
                            .put("limit", 3);

            assertThat(client().query(request).mustSucceed().rows()).hasSize(3);
        }

        @Test
        void timezoneIsTheSessionsForThisQueryOnly() {
            String text = "SELECT CAST(TIMESTAMPTZ '2024-01-01 00:00:00+00' AS VARCHAR) AS t";

            assertThat(
                            client().query(statement(text).put("timezone", "America/New_York"))
                                    .mustSucceed()
                                    .rows())
                    .containsExactly("[\"2023-12-31 19:00:00-05\"]");
            assertThat(client().query(statement(text).put("timezone", "UTC")).mustSucceed().rows())
                    .containsExactly("[\"2024-01-01 00:00:00+00\"]");
            assertThat(value(text)).doesNotContain("-05");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Mars/Base", "", "UTC'; DROP SCHEMA main; --"})
        void anUnknownTimezoneFails(String zone) {
            QueryAnswer answer = client().query(statement("SELECT 1 AS n").put("timezone", zone));

            if (zone.isEmpty()) {
                assertThat(answer.answer().status()).isIn(200, 400);
            } else {
                answer.mustFail();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"limit\":\"ten\"",
                    "\"limit\":-1",
                    "\"limit\":1.5",
                    "\"limit\":[1]",
                    "\"offset\":{}",
                    "\"offset\":-1",
                    "\"timezone\":5",
                    "\"query_id\":5",
                    "\"session_id\":[]",
                    "\"ephemeral\":\"maybe\"",
                    "\"requested_by\":{}"
                })
        void ofTheWrongTypeAre400(String field) {
            client().postJson("/query", "{\"statement\":\"SELECT 1 AS n\"," + field + "}")
                    .mustBe(400)
                    .mustBeRefused();
        }

        @Test
        void unknownOnesDoNoHarm() {
            assertThat(
                            client().query(statement("SELECT 1 AS n").put("invented", "x"))
                                    .mustSucceed()
                                    .rows())
                    .containsExactly("[1]");
        }
    }

    @Nested
    @DisplayName("§2 GET and DELETE /query/{query_id}")
    class Control {

        private static final String ENDLESS =
                "SELECT count(*) AS n FROM range(10000000) a, range(10000000) b"
                        + " WHERE (a.range * 31 + b.range) % 1000003 = 7";

        private final String queryId = UUID.randomUUID().toString();
        private final String sessionId = UUID.randomUUID().toString();

        private CompletableFuture<QueryAnswer> start(String statement) {
            CompletableFuture<QueryAnswer> query =
                    client().queryInBackground(
                                    statement(statement)
                                            .put("query_id", queryId)
                                            .put("session_id", sessionId));
            Eventually.await(
                    "the query running", () -> client().get("/query/" + queryId), this::running);
            return query;
        }

        private Answer cancel() {
            return client().delete("/query/" + queryId, "session_id", sessionId);
        }

        private boolean running(Answer answer) {
            return answer.status() == 200 && !ended(answer);
        }

        /** Said by an end time, an error, or a status; the shape of the answer is open [?]. */
        private boolean ended(Answer answer) {
            JsonNode log = answer.json();
            String status = log.path("status").asText("running");
            return answer.status() == 404
                    || log.hasNonNull("end_time")
                    || log.hasNonNull("error")
                    || !status.equalsIgnoreCase("running");
        }

        /** Cancelled means failed: by a message, or by a cut connection. */
        private void assertCancelled(CompletableFuture<QueryAnswer> query) throws Exception {
            try {
                query.get(15, TimeUnit.SECONDS).mustFail();
            } catch (TimeoutException e) {
                throw new AssertionError("the query still runs", e);
            } catch (ExecutionException e) {
                assertThat(e).hasRootCauseInstanceOf(IOException.class);
            }
        }

        @Test
        void cancelEndsAQueryThatWouldRunForever() throws Exception {
            CompletableFuture<QueryAnswer> query = start(ENDLESS);

            cancel().mustBeAccepted();

            assertCancelled(query);
            Eventually.await(
                    "the query ended", () -> client().get("/query/" + queryId), this::ended);
            assertThat(value("SELECT 1 AS alive")).isEqualTo("1");
        }

        @Test
        void cancelEndsAQueryInTheMiddleOfItsRows() throws Exception {
            CompletableFuture<QueryAnswer> query =
                    start(
                            "SELECT a.range AS n, repeat('x', 100) AS x FROM range(1000000000000) a"
                                    + " WHERE a.range % 100000 = 7");

            cancel().mustBeAccepted();

            assertCancelled(query);
        }

        @Test
        void cancelRollsBack() throws Exception {
            Table table = table("id INTEGER");
            CompletableFuture<QueryAnswer> query =
                    start(
                            "BEGIN TRANSACTION; INSERT INTO "
                                    + table.sql()
                                    + " VALUES (1); "
                                    + ENDLESS
                                    + "; COMMIT");

            cancel().mustBeAccepted();

            assertCancelled(query);
            Eventually.await(
                    "the query ended", () -> client().get("/query/" + queryId), this::ended);
            assertThat(count(table)).isZero();
        }

        @Test
        void anotherSessionCannotCancel() throws Exception {
            CompletableFuture<QueryAnswer> query = start(ENDLESS);

            Answer answer =
                    client().delete(
                                    "/query/" + queryId,
                                    "session_id",
                                    UUID.randomUUID().toString());

            assertThat(answer.status()).isLessThan(500);
            assertThat(query).isNotDone();
            assertThat(running(client().get("/query/" + queryId))).isTrue();

            cancel().mustBeAccepted();
            assertCancelled(query);
        }

        @Test
        void aQueryThatIsDoneIsShownAsEnded() {
            client().query(
                            statement("SELECT 1 AS n")
                                    .put("query_id", queryId)
                                    .put("session_id", sessionId))
                    .mustSucceed();

            Eventually.await(
                    "the query ended",
                    () -> client().get("/query/" + queryId),
                    answer -> answer.status() == 200 && ended(answer));
        }

        @Test
        void anUnknownQueryIsNotFound() {
            client().get("/query/" + queryId).mustBe(404);
            assertThat(cancel().status()).isIn(200, 404);
            assertThat(client().get("/query/not-a-uuid").status()).isIn(400, 404);
            assertThat(client().delete("/query/not-a-uuid", "session_id", sessionId).status())
                    .isIn(200, 400, 404);
        }

        @Test
        void cancellingTwiceOrLateDoesNoHarm() {
            client().query(
                            statement("SELECT 1 AS n")
                                    .put("query_id", queryId)
                                    .put("session_id", sessionId))
                    .mustSucceed();

            assertThat(cancel().status()).isLessThan(500);
            assertThat(cancel().status()).isLessThan(500);
        }
    }
}
