package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §2, Upsert, by whichever endpoint the server's generation has. */
abstract class UpsertSuite extends ContractPart {

    private void upsert(String key, Table table, Payload file) {
        client().upsert(key, table, file).mustBeAccepted();
    }

    @Nested
    @DisplayName("§2 matched rows are updated in the columns the file has, others inserted")
    class Merging {

        @Test
        void updatesWhatMatchesAndInsertsTheRest() {
            Table table = table("id INTEGER, name VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"name\":\"a\"}", "{\"id\":2,\"name\":\"b\"}"));

            upsert(
                    "id",
                    table,
                    Payload.jsonl("{\"id\":2,\"name\":\"B\"}", "{\"id\":3,\"name\":\"C\"}"));

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"a\"]", "[2,\"B\"]", "[3,\"C\"]");
        }

        @Test
        void isIdempotent() {
            Table table = table("id INTEGER, name VARCHAR");
            Payload file = Payload.jsonl("{\"id\":1,\"name\":\"a\"}", "{\"id\":2,\"name\":\"b\"}");

            upsert("id", table, file);
            upsert("id", table, file);

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"a\"]", "[2,\"b\"]");
        }

        @Test
        void takesParquetAndCsvToo() {
            Table table = table("id INTEGER, name VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"name\":\"a\"}"));

            upsert("id", table, Payload.parquet("SELECT 1::INTEGER AS id, 'p' AS name"));
            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,\"p\"]");

            upsert("id", table, Payload.csv("id,name", "1,c", "2,d"));
            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"c\"]", "[2,\"d\"]");
        }

        @Test
        @DisplayName("§4 in Parquet an omitted column keeps the stored value")
        void aColumnThatParquetOmitsIsKept() {
            Table table = table("id INTEGER, a VARCHAR, b VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"a\":\"a1\",\"b\":\"b1\"}"));

            upsert("id", table, Payload.parquet("SELECT 1::INTEGER AS id, 'a2' AS a"));

            assertThat(rows("SELECT id, a, b FROM " + table.sql()))
                    .containsExactly("[1,\"a2\",\"b1\"]");
        }

        @Test
        void aNullInTheFileOverwrites() {
            Table table = table("id INTEGER, a VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"a\":\"a1\"}"));

            upsert("id", table, Payload.parquet("SELECT 1::INTEGER AS id, NULL::VARCHAR AS a"));

            assertThat(rows("SELECT id, a FROM " + table.sql())).containsExactly("[1,null]");
        }

        @Test
        @DisplayName("§4 an omitted JSON key overwrites the stored value with NULL")
        void aKeyThatJsonOmitsIsOverwrittenWithNull() {
            Table table = table("id INTEGER, a VARCHAR, b VARCHAR");
            append(
                    table,
                    Payload.jsonl(
                            "{\"id\":1,\"a\":\"a1\",\"b\":\"b1\"}",
                            "{\"id\":2,\"a\":\"a1\",\"b\":\"b1\"}"));

            upsert(
                    "id",
                    table,
                    Payload.jsonl(
                            "{\"id\":1,\"a\":\"a2\"}", "{\"id\":2,\"a\":\"a2\",\"b\":\"b2\"}"));

            assertThat(rows("SELECT id, a, b FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"a2\",null]", "[2,\"a2\",\"b2\"]");
        }

        @Test
        @DisplayName("§4 … also when no row of the file has the key")
        void aKeyThatTheWholeFileOmitsIsOverwrittenWithNull() {
            Table table = table("id INTEGER, a VARCHAR, b VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"a\":\"a1\",\"b\":\"b1\"}"));

            upsert("id", table, Payload.jsonl("{\"id\":1,\"a\":\"a2\"}"));

            assertThat(rows("SELECT id, a, b FROM " + table.sql()))
                    .containsExactly("[1,\"a2\",null]");
        }

        @Test
        void aFileWithTheKeyOnlyChangesNothingThatIsStored() {
            Table table = table("id INTEGER, a VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"a\":\"a1\"}"));

            upsert("id", table, Payload.parquet("SELECT unnest([1, 2])::INTEGER AS id"));

            assertThat(rows("SELECT id, a FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"a1\"]", "[2,null]");
        }

        @Test
        void severalRowsOfOneKeyLeaveOneOfThemAtMost() {
            Table table = table("id INTEGER, name VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"name\":\"old\"}"));
            Payload file =
                    Payload.jsonl(
                            "{\"id\":1,\"name\":\"x\"}",
                            "{\"id\":1,\"name\":\"y\"}",
                            "{\"id\":2,\"name\":\"x\"}",
                            "{\"id\":2,\"name\":\"y\"}");

            Answer answer = client().upsert("id", table, file);

            assertThat(answer.status()).isLessThan(500);
            if (answer.accepted()) {
                assertThat(rows("SELECT id FROM " + table.sql() + " ORDER BY id"))
                        .containsExactly("[1]", "[2]");
                assertThat(rows("SELECT DISTINCT name FROM " + table.sql()))
                        .isSubsetOf("[\"x\"]", "[\"y\"]");
            } else {
                assertThat(rows("SELECT id, name FROM " + table.sql()))
                        .containsExactly("[1,\"old\"]");
            }
        }

        @Test
        void aBadRowLeavesEveryRowAsItWas() {
            Table table = table("id INTEGER, n INTEGER");
            append(table, Payload.jsonl("{\"id\":1,\"n\":1}"));

            client().upsert(
                            "id",
                            table,
                            Payload.jsonl("{\"id\":1,\"n\":2}", "{\"id\":2,\"n\":\"no number\"}"))
                    .mustBeRefused();

            assertThat(rows("SELECT id, n FROM " + table.sql())).containsExactly("[1,1]");
        }

        @Test
        void mergesManyRowsExactly() {
            Table table = table("id BIGINT, v VARCHAR");
            append(table, Payload.parquet("SELECT range AS id, 'old' AS v FROM range(20000)"));

            upsert(
                    "id",
                    table,
                    Payload.parquet("SELECT range AS id, 'new' AS v FROM range(10000, 30000)"));

            assertThat(
                            rows(
                                    "SELECT v, count(*), count(DISTINCT id) FROM "
                                            + table.sql()
                                            + " GROUP BY v ORDER BY v"))
                    .containsExactly("[\"new\",20000,20000]", "[\"old\",10000,10000]");
        }
    }

    @Nested
    @DisplayName("§2 keys: comma-separated names, trimmed; NULL never matches")
    class Keys {

        @ParameterizedTest
        @ValueSource(strings = {"tenant,id", " tenant , id ", "id,tenant", "tenant,\tid"})
        void compositeKeysMatchOnEveryColumn(String key) {
            Table table = table("tenant VARCHAR, id INTEGER, v VARCHAR");
            append(
                    table,
                    Payload.jsonl(
                            "{\"tenant\":\"x\",\"id\":1,\"v\":\"old\"}",
                            "{\"tenant\":\"y\",\"id\":1,\"v\":\"old\"}"));

            upsert(
                    key,
                    table,
                    Payload.jsonl(
                            "{\"tenant\":\"x\",\"id\":1,\"v\":\"new\"}",
                            "{\"tenant\":\"x\",\"id\":2,\"v\":\"new\"}"));

            assertThat(rows("SELECT tenant, id, v FROM " + table.sql() + " ORDER BY ALL"))
                    .containsExactly("[\"x\",1,\"new\"]", "[\"x\",2,\"new\"]", "[\"y\",1,\"old\"]");
        }

        @Test
        void aNullKeyIsInsertedAgainEachTime() {
            Table table = table("id INTEGER, name VARCHAR");
            Payload file = Payload.jsonl("{\"id\":null,\"name\":\"a\"}");

            upsert("id", table, file);
            upsert("id", table, file);

            assertThat(rows("SELECT id, name FROM " + table.sql()))
                    .containsExactly("[null,\"a\"]", "[null,\"a\"]");
        }

        @Test
        void aNullInOnePartOfACompositeKeyIsInsertedAgainEachTime() {
            Table table = table("a INTEGER, b INTEGER, v INTEGER");
            Payload file = Payload.jsonl("{\"a\":1,\"b\":null,\"v\":1}");

            upsert("a,b", table, file);
            upsert("a,b", table, file);

            assertThat(count(table)).isEqualTo(2);
        }

        @Test
        void textKeysMatchExactly() {
            Table table = table("k VARCHAR, v INTEGER");
            List<String> keys = List.of("", " ", "a", "A", "a ", "it''s", "🦆", "null");
            for (String key : keys) {
                run("INSERT INTO " + table.sql() + " VALUES ('" + key + "', 1)");
            }

            upsert("k", table, Payload.jsonl("{\"k\":\"a\",\"v\":2}", "{\"k\":\"🦆\",\"v\":2}"));

            assertThat(count(table)).isEqualTo(keys.size());
            assertThat(rows("SELECT k FROM " + table.sql() + " WHERE v = 2 ORDER BY k"))
                    .containsExactly("[\"a\"]", "[\"🦆\"]");
        }

        @Test
        void aKeyMayHaveAStrangeName() {
            Table table = table("\"it's a \"\"key\"\" 🦆\" INTEGER, v INTEGER");
            String row = "{\"it's a \\\"key\\\" 🦆\":1,\"v\":%d}";

            upsert("it's a \"key\" 🦆", table, Payload.jsonl(row.formatted(1)));
            upsert("it's a \"key\" 🦆", table, Payload.jsonl(row.formatted(2)));

            assertThat(rows("SELECT v FROM " + table.sql())).containsExactly("[2]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"nope", "id,nope", "id\"; DROP TABLE x; --", ",", " "})
        void anUnknownKeyColumnIsAnError(String key) {
            Table table = table("id INTEGER, name VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"name\":\"a\"}"));

            client().upsert(key, table, Payload.jsonl("{\"id\":1,\"name\":\"b\"}")).mustBeRefused();

            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,\"a\"]");
        }

        @Test
        void aParquetFileWithoutTheKeyColumnIsAnError() {
            Table table = table("id INTEGER, name VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"name\":\"a\"}"));

            client().upsert("id", table, Payload.parquet("SELECT 'b' AS name")).mustBeRefused();

            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,\"a\"]");
        }
    }
}
