package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CONTRACT §2, Query: any statement; a metadata line, a line of columns, one line for each row. */
abstract class QuerySuite extends ContractPart {

    @Nested
    @DisplayName("§2 the lines of an answer")
    class Lines {

        @Test
        void areAMetadataObjectThenColumnsThenRows() {
            Answer answer = client().postJson("/query", "{\"statement\":\"SELECT 1 AS a\"}");

            answer.mustBe(200);
            String[] lines = answer.body().split("\n");
            assertThat(lines).hasSize(3);
            assertThat(QueryAnswer.parse(lines[0]).isObject()).isTrue();
            assertThat(QueryAnswer.parse(lines[1]).isArray()).isTrue();
            assertThat(QueryAnswer.parse(lines[2]).isContainerNode()).isTrue();
        }

        @Test
        @DisplayName("§1 line 2 names every column; types, where sent, are DuckDB's")
        void lineTwoNamesTheColumns() {
            QueryAnswer answer =
                    client().query(
                                    "SELECT 'x' AS event, 1::INTEGER AS n, 1.5::DECIMAL(18,2) AS d,"
                                            + " {'a': [1::BIGINT]} AS s, NOW() AS t")
                            .mustSucceed();

            assertThat(answer.columns()).containsExactly("event", "n", "d", "s", "t");
            if (!answer.types().isEmpty()) {
                assertThat(answer.types())
                        .containsExactly(
                                "VARCHAR",
                                "INTEGER",
                                "DECIMAL(18,2)",
                                "STRUCT(a BIGINT[])",
                                "TIMESTAMP WITH TIME ZONE");
            }
        }

        @Test
        void withoutRowsLineTwoIsTheLast() {
            QueryAnswer answer = client().query("SELECT range AS n FROM range(0)").mustSucceed();

            assertThat(answer.rows()).isEmpty();
            assertThat(answer.columns()).isSubsetOf("n");
        }

        @Test
        @DisplayName("§4 result names are not unique")
        void columnsOfOneNameAreAllThere() {
            assertThat(rows("SELECT 1 AS a, 2 AS a, 3 AS a")).containsExactly("[1,2,3]");
        }

        @Test
        void textWithLineBreaksStaysOnOneLine() {
            String text = "'a' || chr(10) || chr(13) || chr(8232) || chr(133) || chr(9) || 'b'";

            assertThat(rows("SELECT " + text + " AS t, 1 AS n"))
                    .containsExactly("[\"a\\n\\r\u2028\u0085\\tb\",1]");
        }

        @Test
        void textIsUtf8() {
            assertThat(rows("SELECT 'größe 表 🦆 \"x\" \\' AS t"))
                    .containsExactly("[\"größe 表 🦆 \\\"x\\\" \\\\\"]");
        }

        @Test
        void theStatementIsUtf8() {
            Table table = table("\"größe\" VARCHAR");
            run("INSERT INTO " + table.sql() + " VALUES ('🦆''s')");

            assertThat(rows("SELECT \"größe\" FROM " + table.sql() + " WHERE \"größe\" = '🦆''s'"))
                    .containsExactly("[\"🦆's\"]");
        }

        @Test
        void aLongResultIsComplete() {
            QueryAnswer answer =
                    client().query("SELECT range AS n FROM range(200000) ORDER BY n").mustSucceed();

            assertThat(answer.rows()).hasSize(200_000);
            assertThat(answer.rows().get(0)).isEqualTo("[0]");
            assertThat(answer.rows().get(199_999)).isEqualTo("[199999]");
        }

        @Test
        void aLongValueIsComplete() {
            assertThat(value("SELECT repeat('x', 5000000) AS t")).hasSize(5_000_002);
        }

        @Test
        @Timeout(20)
        @DisplayName("§2 the answer streams: the first rows of many come before the last exist")
        void firstRowsComeBeforeTheLast() throws IOException {
            long start = System.nanoTime();
            var request =
                    client().request("/query")
                            .header("Content-Type", "application/json")
                            .POST(
                                    BodyPublishers.ofString(
                                            WireClient.statement(
                                                            "SELECT range AS n FROM"
                                                                    + " range(1000000000000)")
                                                    .toString()))
                            .build();
            try (InputStream body =
                            client().exchange(request, BodyHandlers.ofInputStream()).body();
                    BufferedReader lines =
                            new BufferedReader(
                                    new InputStreamReader(body, StandardCharsets.UTF_8))) {
                assertThat(QueryAnswer.parse(lines.readLine()).isObject()).isTrue();
                assertThat(QueryAnswer.parse(lines.readLine()).isArray()).isTrue();
                assertThat(lines.readLine()).contains("0");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(value("SELECT 1 AS alive")).isEqualTo("1");
        }
    }

    @Nested
    @DisplayName("§2 any statement is allowed")
    class Statements {

        @Test
        void ddlAndDml() {
            Table table = unused();
            run("CREATE TABLE " + table.sql() + " (id INTEGER, name VARCHAR)");
            run("INSERT INTO " + table.sql() + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
            run("UPDATE " + table.sql() + " SET name = 'z' WHERE id = 1");
            run("DELETE FROM " + table.sql() + " WHERE id = 2");
            run("ALTER TABLE " + table.sql() + " ADD COLUMN more INTEGER");

            assertThat(rows("SELECT id, name, more FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"z\",null]", "[3,\"c\",null]");

            run("DROP TABLE " + table.sql());
            assertThat(exists(table)).isFalse();
        }

        @Test
        void merge() {
            Table table = table("id INTEGER, v VARCHAR");
            run("INSERT INTO " + table.sql() + " VALUES (1, 'old')");

            run(
                    "MERGE INTO "
                            + table.sql()
                            + " t USING (VALUES (1, 'new'), (2, 'new')) s(id, v) ON t.id = s.id"
                            + " WHEN MATCHED THEN UPDATE SET v = s.v"
                            + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)");

            assertThat(rows("SELECT id, v FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"new\"]", "[2,\"new\"]");
        }

        @Test
        void schemasAndViews() {
            Table table = table("id INTEGER");
            run("INSERT INTO " + table.sql() + " VALUES (7)");
            Table view = unused().inSchema(Table.uniqueName("s"));
            run("CREATE SCHEMA " + Table.quote(view.catalog()) + "." + Table.quote(view.schema()));
            run("CREATE VIEW " + view.sql() + " AS SELECT id FROM " + table.sql());

            assertThat(rows("SELECT id FROM " + view.sql())).containsExactly("[7]");
        }

        @Test
        void aTrailingSemicolonAndCommentsAreFine() {
            assertThat(rows("/* one */ SELECT 1 AS a; -- done")).containsExactly("[1]");
        }

        @Test
        @DisplayName("§2 there are no data-modifying CTEs")
        void aCteCannotModifyData() {
            Table table = table("id INTEGER");

            client().query(
                            "WITH x AS (INSERT INTO "
                                    + table.sql()
                                    + " VALUES (1) RETURNING id) SELECT * FROM x")
                    .mustFail();

            assertThat(count(table)).isZero();
        }
    }

    @Nested
    @DisplayName("§1 failures")
    class Failures {

        @Test
        void anUnknownTableFailsWithItsName() {
            Table missing = unused();

            assertThat(client().query("SELECT * FROM " + missing.sql()).mustFail())
                    .contains(missing.name());
        }

        @Test
        void aSyntaxErrorFails() {
            assertThat(client().query("SELEC 1").mustFail()).isNotBlank();
        }

        @Test
        void anEmptyStatementFailsOrAnswersNothing() {
            QueryAnswer answer = client().query(" ; -- nothing");

            assertThat(answer.answer().status()).isIn(200, 400);
            assertThat(answer.rows()).isEmpty();
        }

        @Test
        @DisplayName("§2 a failure on a later row never looks like a complete result")
        void aFailureOnALaterRowIsSeen() {
            String statement =
                    "SELECT CASE WHEN i = 300000 THEN error('boom') ELSE i END AS i"
                            + " FROM range(400000) t(i)";
            QueryAnswer answer;
            try {
                answer = client().query(statement);
            } catch (UncheckedIOException e) {
                return; // the connection was cut in mid-stream: that is how HTTP says it
            }
            assertThat(answer.mustFail()).contains("boom");
            assertThat(answer.rows()).hasSizeLessThanOrEqualTo(300_000);
        }

        @Test
        void theServerIsAliveAfterAFailure() {
            client().query("SELECT error('boom') AS e").mustFail();

            assertThat(value("SELECT 1 AS a")).isEqualTo("1");
        }
    }

    @Nested
    @DisplayName("§2 validate")
    class Validate {

        private JsonNode validate(String statement) {
            return client().postJson("/validate", WireClient.statement(statement).toString())
                    .mustBe(200)
                    .json();
        }

        @Test
        void saysTrueForAStatementThatWouldRun() {
            Table table = table("id INTEGER");

            assertThat(validate("SELECT 1").path("valid").asBoolean(false)).isTrue();
            assertThat(validate("SELECT id FROM " + table.sql()).path("valid").asBoolean(false))
                    .isTrue();
        }

        @Test
        void saysFalseAndWhy() {
            JsonNode syntax = validate("SELEC 1");
            assertThat(syntax.path("valid").asBoolean(true)).isFalse();
            assertThat(syntax.path("error").asText()).isNotBlank();

            Table missing = unused();
            JsonNode unknown = validate("SELECT * FROM " + missing.sql());
            assertThat(unknown.path("valid").asBoolean(true)).isFalse();
            assertThat(unknown.path("error").asText()).contains(missing.name());
        }

        @Test
        void doesNotRunTheStatement() {
            Table table = table("id INTEGER");
            Table unmade = unused();

            validate("INSERT INTO " + table.sql() + " VALUES (1)");
            validate("CREATE TABLE " + unmade.sql() + " (id INTEGER)");
            validate("SELECT 1; INSERT INTO " + table.sql() + " VALUES (1)");
            validate("DROP TABLE " + table.sql());

            assertThat(count(table)).isZero();
            assertThat(exists(unmade)).isFalse();
        }

        @Test
        void needsAStatement() {
            client().postJson("/validate", "{}").mustBeRefused();
            client().postJson("/validate", "{nonsense").mustBeRefused();
        }
    }
}
