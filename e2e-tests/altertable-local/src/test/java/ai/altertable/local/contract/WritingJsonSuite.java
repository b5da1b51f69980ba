package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CONTRACT §4, Writing JSON: what arrives whole, and the traps. */
abstract class WritingJsonSuite extends ContractPart {

    /** The stored value of one JSON value in a column of the type, as the text DuckDB gives it. */
    private String stored(String type, String json) {
        Table table = table("id INTEGER, c " + type);
        append(table, Payload.jsonl("{\"id\":1,\"c\":" + json + "}"));
        return value("SELECT CAST(c AS VARCHAR) AS c FROM " + table.sql());
    }

    @Nested
    @DisplayName("§4 values that are exact in JSON")
    class Exact {

        static Stream<Arguments> values() {
            return Stream.of(
                    Arguments.of("BOOLEAN", "true", "true"),
                    Arguments.of("TINYINT", "-128", "-128"),
                    Arguments.of("SMALLINT", "32767", "32767"),
                    Arguments.of("INTEGER", "-2147483648", "-2147483648"),
                    Arguments.of("BIGINT", "9007199254740991", "9007199254740991"),
                    Arguments.of("BIGINT", "\"9223372036854775807\"", "9223372036854775807"),
                    Arguments.of("BIGINT", "\"-9223372036854775808\"", "-9223372036854775808"),
                    Arguments.of("UBIGINT", "\"18446744073709551615\"", "18446744073709551615"),
                    Arguments.of(
                            "HUGEINT",
                            "\"170141183460469231731687303715884105727\"",
                            "170141183460469231731687303715884105727"),
                    Arguments.of("DECIMAL(18,2)", "\"1234567890123456.78\"", "1234567890123456.78"),
                    Arguments.of(
                            "DECIMAL(38,10)",
                            "\"1234567890123456789012345678.0123456789\"",
                            "1234567890123456789012345678.0123456789"),
                    Arguments.of("DECIMAL(38,10)", "\"-0.0000000001\"", "-0.0000000001"),
                    Arguments.of("DOUBLE", "0.1", "0.1"),
                    Arguments.of("DOUBLE", "1.7976931348623157e308", "1.7976931348623157e+308"),
                    Arguments.of("FLOAT", "0.5", "0.5"),
                    Arguments.of("VARCHAR", "\"größe 表 🦆\"", "größe 表 🦆"),
                    Arguments.of("VARCHAR", "\"\\ud83e\\udd86\"", "🦆"),
                    Arguments.of("VARCHAR", "\"\"", ""),
                    Arguments.of("VARCHAR", "\"null\"", "null"),
                    Arguments.of("DATE", "\"2024-02-29\"", "2024-02-29"),
                    Arguments.of("TIME", "\"23:59:59.999999\"", "23:59:59.999999"),
                    Arguments.of(
                            "TIMESTAMP",
                            "\"2024-01-02T03:04:05.123456\"",
                            "2024-01-02 03:04:05.123456"),
                    Arguments.of(
                            "TIMESTAMP",
                            "\"2024-01-02 03:04:05.123456\"",
                            "2024-01-02 03:04:05.123456"),
                    Arguments.of(
                            "UUID",
                            "\"9a3c1c2e-0000-4000-8000-000000000001\"",
                            "9a3c1c2e-0000-4000-8000-000000000001"),
                    Arguments.of("INTEGER[]", "[1,null,3]", "[1, NULL, 3]"),
                    Arguments.of("INTEGER[]", "[]", "[]"),
                    Arguments.of(
                            "STRUCT(x INTEGER, y VARCHAR[])",
                            "{\"x\":1,\"y\":[\"a\",\"b\"]}",
                            "{'x': 1, 'y': [a, b]}"),
                    Arguments.of(
                            "STRUCT(x STRUCT(z DECIMAL(20,5)))[]",
                            "[{\"x\":{\"z\":\"123456789012345.12345\"}}]",
                            "[{'x': {'z': 123456789012345.12345}}]"),
                    Arguments.of("MAP(VARCHAR, INTEGER)", "{\"k\":1,\"l\":2}", "{k=1, l=2}"));
        }

        @ParameterizedTest
        @MethodSource("values")
        void keepTheirValue(String type, String json, String text) {
            assertThat(QueryAnswer.parse(stored(type, json)).asText()).isEqualTo(text);
        }

        @Test
        void timestampsWithATimeZoneKeepTheirInstant() {
            Table table = table("c TIMESTAMPTZ");
            append(table, Payload.jsonl("{\"c\":\"2024-01-02T03:04:05.123456+05:00\"}"));
            append(table, Payload.jsonl("{\"c\":\"2024-01-01T22:04:05.123456Z\"}"));

            assertThat(rows("SELECT epoch_us(c) AS c FROM " + table.sql()))
                    .containsExactly("[1704146645123456]", "[1704146645123456]");
        }

        @Test
        void nullIsNullInEveryType() {
            Table table = table("i INTEGER, s VARCHAR, l INTEGER[], m STRUCT(x INTEGER), j JSON");
            append(
                    table,
                    Payload.jsonl("{\"i\":null,\"s\":null,\"l\":null,\"m\":null,\"j\":null}"));

            assertThat(
                            value(
                                    "SELECT i IS NULL AND s IS NULL AND l IS NULL AND m IS NULL"
                                            + " AS n FROM "
                                            + table.sql()))
                    .isEqualTo("true");
        }
    }

    @Nested
    @DisplayName("§4 keys match column names case-sensitively")
    class Keys {

        @Test
        void aKeyInTheWrongCaseStoresNull() {
            Table table = table("id INTEGER, name VARCHAR");

            append(table, Payload.jsonl("{\"id\":1,\"NAME\":\"a\"}"));

            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,null]");
        }

        @Test
        void unknownKeysAreDropped() {
            Table table = table("id INTEGER");

            append(table, Payload.jsonl("{\"id\":1,\"more\":{\"deep\":[1]}}"));

            assertThat(columns(table)).containsExactly("[\"id\",\"INTEGER\"]");
            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
        }

        @Test
        void aMissingKeyIsNullDespiteADefault() {
            Table table = table("id INTEGER, name VARCHAR DEFAULT 'none'");

            append(table, Payload.jsonl("{\"id\":1}", "{\"id\":2,\"name\":\"x\"}"));

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,null]", "[2,\"x\"]");
        }

        @Test
        void columnsInUpperCaseAreFilledByKeysInUpperCase() {
            Table table = table("\"ID\" INTEGER, \"mixedCase\" VARCHAR");

            append(table, Payload.jsonl("{\"ID\":1,\"mixedCase\":\"a\"}"));

            assertThat(rows("SELECT * FROM " + table.sql())).containsExactly("[1,\"a\"]");
        }
    }

    @Nested
    @DisplayName("§4 traps in values")
    class Traps {

        @Test
        void aDecimalLosesDigitsAsANumberAndKeepsThemAsAString() {
            String exact = "12345678901234567890.1234567891";

            assertThat(stored("DECIMAL(38,10)", exact)).isNotEqualTo("\"" + exact + "\"");
            assertThat(stored("DECIMAL(38,10)", "\"" + exact + "\""))
                    .isEqualTo("\"" + exact + "\"");
        }

        static Stream<Arguments> notNumbers() {
            return Stream.of(
                    Arguments.of("DOUBLE", "NaN", "nan"),
                    Arguments.of("DOUBLE", "Infinity", "inf"),
                    Arguments.of("DOUBLE", "-Infinity", "-inf"),
                    Arguments.of("FLOAT", "NaN", "nan"),
                    Arguments.of("FLOAT", "Infinity", "inf"),
                    Arguments.of("FLOAT", "-Infinity", "-inf"));
        }

        @ParameterizedTest
        @MethodSource("notNumbers")
        void nanAndInfinitiesGoAsStrings(String type, String text, String stored) {
            assertThat(stored(type, "\"" + text + "\"")).isEqualTo("\"" + stored + "\"");
        }

        @Test
        void aLoneSurrogateMakesTheWholeFileMalformed() {
            Table table = table("id INTEGER, s VARCHAR");

            client().upload(
                            "append",
                            table,
                            Payload.jsonl(
                                    "{\"id\":1,\"s\":\"fine\"}",
                                    "{\"id\":2,\"s\":\"\\ud800\"}",
                                    "{\"id\":3,\"s\":\"fine\"}"))
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void theOffsetOfATimestampTextIsIgnored() {
            assertThat(stored("TIMESTAMP", "\"2024-01-02T12:00:00+05:00\""))
                    .isEqualTo("\"2024-01-02 12:00:00\"");
            assertThat(stored("TIMESTAMP", "\"2024-01-02T12:00:00Z\""))
                    .isEqualTo("\"2024-01-02 12:00:00\"");
        }

        @Test
        void digitsBeyondMicrosecondsAreCut() {
            assertThat(stored("TIMESTAMP", "\"2024-01-02T12:00:00.123456789\""))
                    .isEqualTo("\"2024-01-02 12:00:00.123456\"");
        }

        @Test
        void theTextForABlobIsStoredLiterally() {
            Table table = table("b BLOB");
            append(table, Payload.jsonl("{\"b\":\"AQID\"}"));
            append(table, Payload.jsonl("{\"b\":\"\\\\xAA\"}"));

            assertThat(rows("SELECT hex(b) AS b FROM " + table.sql() + " ORDER BY b"))
                    .containsExactlyInAnyOrder("[\"41514944\"]", "[\"5C784141\"]");
        }

        /**
         * The limit is 16 MiB; DuckDB notices it for certain only where a row is larger than its
         * buffer, twice that size.
         */
        @Test
        @DisplayName("§4 a row over 16 MiB is refused")
        void aRowThatIsTooLongIsRefused() {
            Table table = table("id INTEGER, s VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"s\":\"" + "x".repeat(8 << 20) + "\"}"));

            client().upload(
                            "append",
                            table,
                            Payload.jsonl(
                                    "{\"id\":2}",
                                    "{\"id\":3,\"s\":\"" + "x".repeat(33 << 20) + "\"}"))
                    .mustBeRefused();

            assertThat(rows("SELECT id, length(s) FROM " + table.sql()))
                    .containsExactly("[1,8388608]");
        }
    }
}
