package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §1, the column of today: for every server that speaks it. */
abstract class TodaySuite extends ContractPart {

    @Nested
    @DisplayName("§1 Content-Type names the file format; otherwise the bytes do")
    class Format {

        private Answer upload(Optional<String> contentType, Table table, String body) {
            return upload(contentType, table, Payload.json(body));
        }

        private Answer upload(Optional<String> contentType, Table table, Payload file) {
            var request = client().file("/upload", table, file, "mode", "append");
            contentType.ifPresent(type -> request.header("Content-Type", type));
            return client().send(request.build());
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/csv", "text/csv; charset=utf-8", "Text/CSV"})
        void textCsvIsCsvEvenWhereItLooksLikeJson(String type) {
            Table table = table("\"[a]\" INTEGER, b VARCHAR");

            upload(Optional.of(type), table, "[a],b\n1,x\n2,y\n").mustBeAccepted();

            assertThat(rows("SELECT * FROM " + table.sql() + " ORDER BY b"))
                    .containsExactly("[1,\"x\"]", "[2,\"y\"]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "application/json; charset=utf-8"})
        void applicationJsonIsJson(String type) {
            Table table = table("id INTEGER");

            upload(Optional.of(type), table, "{\"id\":1}\n{\"id\":2}\n").mustBeAccepted();
            upload(Optional.of(type), table, "id\n3\n").mustBeRefused();

            assertThat(count(table)).isEqualTo(2);
        }

        @Test
        void applicationParquetIsParquet() {
            Table table = table("id INTEGER");
            Payload file = Payload.parquet("SELECT 1::INTEGER AS id");

            upload(Optional.of("application/parquet"), table, file).mustBeAccepted();
            upload(Optional.of("application/parquet"), table, "{\"id\":1}").mustBeRefused();

            assertThat(count(table)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"id\":7,\"s\":\"x\"}\n",
                    "[{\"id\":7,\"s\":\"x\"}]",
                    " \r\n\t{\"id\":7,\"s\":\"x\"}",
                    "\n\n  [ {\"id\":7,\"s\":\"x\"} ]\n",
                    "id,s\n7,x\n"
                })
        void withoutATypeTheFirstNonBlankByteDecides(String body) {
            Table table = table("id INTEGER, s VARCHAR");

            upload(Optional.empty(), table, body).mustBeAccepted();
            upload(Optional.of("application/octet-stream"), table, body).mustBeAccepted();

            assertThat(rows("SELECT id, s FROM " + table.sql()))
                    .containsExactly("[7,\"x\"]", "[7,\"x\"]");
        }

        @Test
        void withoutATypePar1IsParquet() {
            Table table = table("id INTEGER");
            Payload file = Payload.parquet("SELECT 7::INTEGER AS id");

            upload(Optional.empty(), table, file).mustBeAccepted();
            upload(Optional.of("application/octet-stream"), table, file).mustBeAccepted();

            assertThat(count(table)).isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("§1 upsert is /upsert?primary_key=a,b")
    class Upsert {

        @Test
        void updatesAndInsertsWithTheFormatSniffed() {
            Table table = table("a INTEGER, b INTEGER, v VARCHAR");

            client().upsertToday("a,b", table, Payload.jsonl("{\"a\":1,\"b\":1,\"v\":\"x\"}"))
                    .mustBeAccepted();
            client().upsertToday("a,b", table, Payload.csv("a,b,v", "1,1,y", "1,2,y"))
                    .mustBeAccepted();
            client().upsertToday("a,b", table, Payload.parquet("SELECT 1 AS a, 2 AS b, 'z' AS v"))
                    .mustBeAccepted();

            assertThat(rows("SELECT a, b, v FROM " + table.sql() + " ORDER BY ALL"))
                    .containsExactly("[1,1,\"y\"]", "[1,2,\"z\"]");
        }
    }

    @Nested
    @DisplayName("§2 cursor_field: the strictly greatest value wins, also against the stored row")
    class CursorField {

        private Table stored() {
            Table table = table("id INTEGER, ts BIGINT, v VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"ts\":5,\"v\":\"stored\"}"));
            return table;
        }

        private void upsert(Table table, String... rows) {
            client().upsertToday("id", table, Payload.jsonl(rows), "cursor_field", "ts")
                    .mustBeAccepted();
        }

        private String row(Table table) {
            return rows("SELECT ts, v FROM " + table.sql() + " WHERE id = 1").toString();
        }

        @Test
        void aGreaterOneReplacesTheStoredRow() {
            Table table = stored();
            upsert(table, "{\"id\":1,\"ts\":6,\"v\":\"new\"}");
            assertThat(row(table)).isEqualTo("[[6,\"new\"]]");
        }

        @Test
        void anEqualOneKeepsTheStoredRow() {
            Table table = stored();
            upsert(table, "{\"id\":1,\"ts\":5,\"v\":\"new\"}");
            assertThat(row(table)).isEqualTo("[[5,\"stored\"]]");
        }

        @Test
        void aSmallerOneKeepsTheStoredRow() {
            Table table = stored();
            upsert(table, "{\"id\":1,\"ts\":4,\"v\":\"new\"}");
            assertThat(row(table)).isEqualTo("[[5,\"stored\"]]");
        }

        @Test
        void aNullKeepsTheStoredRow() {
            Table table = stored();
            upsert(table, "{\"id\":1,\"ts\":null,\"v\":\"new\"}");
            assertThat(row(table)).isEqualTo("[[5,\"stored\"]]");
        }

        @Test
        void theGreatestOfTheFileWinsWhateverTheOrder() {
            Table table = stored();
            upsert(
                    table,
                    "{\"id\":1,\"ts\":7,\"v\":\"seven\"}",
                    "{\"id\":1,\"ts\":9,\"v\":\"nine\"}",
                    "{\"id\":1,\"ts\":8,\"v\":\"eight\"}",
                    "{\"id\":2,\"ts\":2,\"v\":\"two\"}",
                    "{\"id\":2,\"ts\":1,\"v\":\"one\"}");

            assertThat(rows("SELECT id, ts, v FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,9,\"nine\"]", "[2,2,\"two\"]");
        }

        @Test
        void newKeysAreInserted() {
            Table table = stored();
            upsert(table, "{\"id\":2,\"ts\":1,\"v\":\"x\"}");
            assertThat(count(table)).isEqualTo(2);
        }

        @Test
        void anUnknownColumnIsAnError() {
            Table table = stored();
            client().upsertToday(
                            "id",
                            table,
                            Payload.jsonl("{\"id\":1,\"ts\":6,\"v\":\"new\"}"),
                            "cursor_field",
                            "nope")
                    .mustBeRefused();
            assertThat(row(table)).isEqualTo("[[5,\"stored\"]]");
        }

        @Test
        void timestampsAreComparedAsSuch() {
            Table table = table("id INTEGER, ts TIMESTAMP, v VARCHAR");
            upsert(table, "{\"id\":1,\"ts\":\"2024-01-01T10:00:00\",\"v\":\"a\"}");
            upsert(table, "{\"id\":1,\"ts\":\"2024-01-01 09:59:59.999999\",\"v\":\"b\"}");
            upsert(table, "{\"id\":1,\"ts\":\"2024-01-01T10:00:00.000001\",\"v\":\"c\"}");

            assertThat(rows("SELECT v FROM " + table.sql())).containsExactly("[\"c\"]");
        }
    }

    @Nested
    @DisplayName("§1 Authorization: Basic base64(username:password)")
    class Basic {

        @Test
        void isAccepted() {
            String token = ContractTarget.token(target().username(), target().password());
            Answer answer =
                    client().send(
                                    client().anonymous("/query")
                                            .header("Authorization", "Basic " + token)
                                            .header("Content-Type", "application/json")
                                            .POST(
                                                    BodyPublishers.ofString(
                                                            "{\"statement\":\"SELECT 42 AS x\"}"))
                                            .build());

            assertThat(QueryAnswer.of(answer).mustSucceed().rows()).containsExactly("[42]");
        }
    }

    @Nested
    @DisplayName("§1 a failing query answers 200 and a line {\"error\"} as line 2 or later")
    class QueryFailures {

        @Test
        void anUnknownTable() {
            Table missing = unused();

            QueryAnswer answer = client().query("SELECT * FROM " + missing.sql());

            answer.answer().mustBe(200);
            assertThat(answer.mustFail()).contains(missing.name());
            assertThat(answer.answer().body().split("\n")).hasSize(2);
        }

        @Test
        void aLaterRow() {
            QueryAnswer answer =
                    client().query(
                                    "SELECT CASE WHEN i = 300000 THEN error('boom') ELSE i END AS i"
                                            + " FROM range(400000) t(i)");

            answer.answer().mustBe(200);
            assertThat(answer.mustFail()).contains("boom");
            assertThat(answer.rows().size()).isLessThanOrEqualTo(300_000);
        }
    }

    @Nested
    @DisplayName("§2 explain estimates each table")
    class Explain {

        private JsonNode explain(String statement) {
            return client().postJson("/explain", WireClient.statement(statement).toString())
                    .mustBe(200)
                    .json();
        }

        @Test
        void withRowsFilesAndBytes() {
            Table table = table("id BIGINT, name VARCHAR");
            append(table, Payload.parquet("SELECT range AS id, 'x' AS name FROM range(5000)"));

            JsonNode answer = explain("SELECT name FROM " + table.sql());

            assertThat(answer.toString()).contains(table.name());
            assertThat(answer.findValues("estimated_rows")).as("%s", answer).isNotEmpty();
            assertThat(answer.findValues("estimated_rows").get(0).asLong()).isEqualTo(5000);
            assertThat(answer.findValues("total_files")).as("%s", answer).isNotEmpty();
            assertThat(answer.findValues("total_bytes")).as("%s", answer).isNotEmpty();
        }

        @Test
        void ofAJoinForBothTables() {
            Table one = table("id BIGINT");
            Table two = table("id BIGINT");
            append(one, Payload.parquet("SELECT range AS id FROM range(10)"));
            append(two, Payload.parquet("SELECT range AS id FROM range(20)"));

            JsonNode answer =
                    explain(
                            "SELECT count(*) FROM "
                                    + one.sql()
                                    + " a JOIN "
                                    + two.sql()
                                    + " b USING (id)");

            assertThat(answer.toString()).contains(one.name()).contains(two.name());
        }

        @Test
        void withoutRunningTheStatement() {
            Table table = table("id INTEGER");

            client().postJson(
                            "/explain",
                            WireClient.statement("INSERT INTO " + table.sql() + " VALUES (1)")
                                    .toString());
            client().postJson(
                            "/explain",
                            WireClient.statement(
                                            "SELECT 1; INSERT INTO " + table.sql() + " VALUES (1)")
                                    .toString());

            assertThat(count(table)).isZero();
        }

        @Test
        void ofABadStatementSaysWhy() {
            Table missing = unused();

            Answer answer =
                    client().postJson(
                                    "/explain",
                                    WireClient.statement("SELECT * FROM " + missing.sql())
                                            .toString());

            assertThat(answer.status()).isIn(200, 400);
            assertThat(answer.body()).contains(missing.name()).containsIgnoringCase("error");
        }
    }
}
