package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** CONTRACT §1, the column of the first generation: for every server that speaks it. */
abstract class FirstGenerationSuite extends ContractPart {

    @Nested
    @DisplayName("§1 the format parameter names the file format")
    class Format {

        private void upload(String format, Table table, Payload file) {
            client().send(
                            client().file(
                                            "/upload", table, file, "format", format, "mode",
                                            "append")
                                    .header("Content-Type", "application/octet-stream")
                                    .build())
                    .mustBeAccepted();
        }

        @Test
        void json() {
            Table table = table("id INTEGER");

            upload("json", table, Payload.jsonl("{\"id\":1}", "{\"id\":2}"));

            assertThat(count(table)).isEqualTo(2);
        }

        @Test
        void parquet() {
            Table table = table("id INTEGER");

            upload("parquet", table, Payload.parquet("SELECT 1::INTEGER AS id"));

            assertThat(count(table)).isEqualTo(1);
        }

        @Test
        void csvEvenWhereItLooksLikeJson() {
            Table table = table("\"[a]\" INTEGER, b VARCHAR");

            upload("csv", table, Payload.csv("[a],b", "1,x", "2,y"));

            assertThat(rows("SELECT * FROM " + table.sql() + " ORDER BY b"))
                    .containsExactly("[1,\"x\"]", "[2,\"y\"]");
        }
    }

    @Nested
    @DisplayName("§1 upsert is /upload?mode=upsert&primary_key=")
    class Upsert {

        @Test
        void updatesAndInserts() {
            Table table = table("id INTEGER, name VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"name\":\"a\"}"));

            client().upsertFirst(
                            "id",
                            table,
                            Payload.jsonl("{\"id\":1,\"name\":\"b\"}", "{\"id\":2,\"name\":\"c\"}"))
                    .mustBeAccepted();
            client().upsertFirst(
                            "id", table, Payload.parquet("SELECT 2::INTEGER AS id, 'd' AS name"))
                    .mustBeAccepted();

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"b\"]", "[2,\"d\"]");
        }

        @Test
        void needsTheKey() {
            Table table = table("id INTEGER");
            Payload file = Payload.jsonl("{\"id\":1}");

            client().send(
                            client().file(
                                            "/upload", table, file, "format", "json", "mode",
                                            "upsert")
                                    .build())
                    .mustBe(400);

            assertThat(count(table)).isZero();
        }
    }

    @Nested
    @DisplayName("§1 Authorization: Bearer base64(username:password)")
    class Bearer {

        private Answer query(String token) {
            return client().send(
                            client().anonymous("/query")
                                    .header("Authorization", "Bearer " + token)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"statement\":\"SELECT 42 AS x\"}"))
                                    .build());
        }

        @Test
        void isAccepted() {
            String token = ContractTarget.token(target().username(), target().password());

            assertThat(QueryAnswer.of(query(token)).mustSucceed().rows()).containsExactly("[42]");
        }

        @Test
        void withAnotherPasswordIs401() {
            query(ContractTarget.token(target().username(), "wrong")).mustBe(401);
        }
    }
}
