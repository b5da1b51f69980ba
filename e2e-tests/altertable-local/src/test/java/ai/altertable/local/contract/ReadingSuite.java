package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CONTRACT §4, Reading JSON rows: the exact way, and what the raw way does. */
abstract class ReadingSuite extends ContractPart {

    @Nested
    @DisplayName("§4 the select column of the table gives exact text")
    class SelectList {

        /** Type, literal, select expression over the column {@code c}, JSON. */
        static Stream<Arguments> values() {
            String asText = "CAST(c AS VARCHAR)";
            return Stream.of(
                    Arguments.of("DECIMAL(18,2)", "'1.50'", asText, "\"1.50\""),
                    Arguments.of(
                            "DECIMAL(38,10)",
                            "'-1234567890123456789012345678.0123456789'",
                            asText,
                            "\"-1234567890123456789012345678.0123456789\""),
                    Arguments.of(
                            "HUGEINT",
                            "'-170141183460469231731687303715884105728'",
                            asText,
                            "\"-170141183460469231731687303715884105728\""),
                    Arguments.of(
                            "UHUGEINT",
                            "'340282366920938463463374607431768211455'",
                            asText,
                            "\"340282366920938463463374607431768211455\""),
                    Arguments.of(
                            "UBIGINT", "18446744073709551615", asText, "\"18446744073709551615\""),
                    Arguments.of("FLOAT", "0.1", asText, "\"0.1\""),
                    Arguments.of("FLOAT", "'nan'", asText, "\"nan\""),
                    Arguments.of("DOUBLE", "1.0", asText, "\"1.0\""),
                    Arguments.of("DOUBLE", "123456789.12345679", asText, "\"123456789.12345679\""),
                    Arguments.of("DOUBLE", "1e300", asText, "\"1e+300\""),
                    Arguments.of("DOUBLE", "'-0.0'", asText, "\"-0.0\""),
                    Arguments.of("DOUBLE", "'inf'", asText, "\"inf\""),
                    Arguments.of("DOUBLE", "'-inf'", asText, "\"-inf\""),
                    Arguments.of(
                            "UUID",
                            "'9A3C1C2E-0000-4000-8000-000000000001'",
                            asText,
                            "\"9a3c1c2e-0000-4000-8000-000000000001\""),
                    Arguments.of("ENUM('a b', 'c')", "'a b'", asText, "\"a b\""),
                    Arguments.of(
                            "INTERVAL",
                            "'1 year 2 months 3 days 04:05:06.789'",
                            asText,
                            "\"1 year 2 months 3 days 04:05:06.789\""),
                    Arguments.of("TIMETZ", "'10:00:00.5-03:30'", asText, "\"10:00:00.5-03:30\""),
                    Arguments.of("BIT", "'0101'", asText, "\"0101\""),
                    Arguments.of("UNION(i INTEGER, s VARCHAR)", "'x'", asText, "\"x\""),
                    Arguments.of(
                            "JSON",
                            "'{\"b\":1,  \"a\":[1.50,2]}'",
                            asText,
                            "\"{\\\"b\\\":1,  \\\"a\\\":[1.50,2]}\""),
                    Arguments.of("VARIANT", "42", asText, "\"42\""),
                    Arguments.of(
                            "TIMESTAMP",
                            "'2024-01-02 03:04:05.123456'",
                            "epoch_us(c)",
                            "1704164645123456"),
                    Arguments.of("TIMESTAMP", "'1969-12-31 23:59:59.999999'", "epoch_us(c)", "-1"),
                    Arguments.of(
                            "TIMESTAMPTZ",
                            "'2024-01-02 03:04:05.123456+05'",
                            "epoch_us(c)",
                            "1704146645123456"),
                    Arguments.of(
                            "TIMESTAMP_NS",
                            "'2024-01-02 03:04:05.123456789'",
                            "epoch_ns(c)",
                            "1704164645123456789"),
                    Arguments.of("BLOB", "'\\x00\\xFFa'", "hex(c)", "\"00FF61\""),
                    Arguments.of("BLOB", "'\\x00\\xFFa'", "base64(c)", "\"AP9h\""),
                    Arguments.of("BLOB", "''", "hex(c)", "\"\""),
                    Arguments.of("DATE", "'2024-02-29'", "CAST(c AS VARCHAR)", "\"2024-02-29\""),
                    Arguments.of("DATE", "'12024-03-01'", "CAST(c AS VARCHAR)", "\"12024-03-01\""),
                    Arguments.of(
                            "TIME",
                            "'23:59:59.999999'",
                            "CAST(c AS VARCHAR)",
                            "\"23:59:59.999999\""),
                    Arguments.of(
                            "DECIMAL(20,5)[]",
                            "[1.5, NULL]",
                            "list_transform(c, lambda x: CAST(x AS VARCHAR))",
                            "[\"1.50000\",null]"),
                    Arguments.of(
                            "TIMESTAMP[]",
                            "['2024-01-02 00:00:00', NULL]",
                            "list_transform(c, lambda x: epoch_us(x))",
                            "[1704153600000000,null]"),
                    Arguments.of(
                            "INTEGER[3]",
                            "[1, NULL, 3]",
                            "list_transform(c, lambda x: x)",
                            "[1,null,3]"),
                    Arguments.of("BOOLEAN", "true", "c", "true"),
                    Arguments.of("TINYINT", "-128", "c", "-128"),
                    Arguments.of("INTEGER", "2147483647", "c", "2147483647"),
                    Arguments.of("BIGINT", "9223372036854775807", "c", "9223372036854775807"),
                    Arguments.of("BIGINT", "'-9223372036854775808'", "c", "-9223372036854775808"),
                    Arguments.of("BIGINT", "9007199254740993", "c", "9007199254740993"),
                    Arguments.of("VARCHAR", "'größe 🦆'", "c", "\"größe 🦆\""),
                    Arguments.of("VARCHAR", "''", "c", "\"\""),
                    Arguments.of("INTEGER[]", "[1, NULL]", "c", "[1,null]"),
                    Arguments.of("INTEGER[]", "[]", "c", "[]"));
        }

        @ParameterizedTest
        @MethodSource("values")
        void ofEveryType(String type, String literal, String expression, String json) {
            String from = " FROM (SELECT CAST(%s AS " + type + ") AS c)";

            assertThat(value("SELECT " + expression + " AS v" + from.formatted(literal)))
                    .isEqualTo(json);
            assertThat(value("SELECT " + expression + " AS v" + from.formatted("NULL")))
                    .isEqualTo("null");
        }

        @Test
        void mapEntriesKeepNullValuesAndAnyKey() {
            JsonNode entries =
                    QueryAnswer.parse(value("SELECT map_entries(MAP {1: 'a', 2: NULL}) AS m"));

            assertThat(entries).hasSize(2);
            assertThat(entries.get(0)).hasSize(2);
            assertThat(field(entries.get(0), 0, "key").asInt()).isEqualTo(1);
            assertThat(field(entries.get(0), 1, "value").asText()).isEqualTo("a");
            assertThat(field(entries.get(1), 0, "key").asInt()).isEqualTo(2);
            assertThat(field(entries.get(1), 1, "value").isNull()).isTrue();
        }

        @Test
        @DisplayName("§4 infinity is not a value of epoch_us")
        void anInfiniteTimestampIsNeverANumber() {
            QueryAnswer answer =
                    client().query(
                                    "SELECT epoch_us(c) AS v FROM"
                                            + " (SELECT CAST('infinity' AS TIMESTAMP) AS c)");

            assertThat(answer.failed() || answer.rows().equals(List.of("[null]")))
                    .as("%s", answer)
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("§4 the raw rendering, lossy corners included")
    class Raw {

        @Test
        void aStructArrivesByPositionAtEveryDepth() {
            JsonNode struct =
                    QueryAnswer.parse(value("SELECT {'a': 1, 'b': {'c': 'x', 'd': NULL}} AS s"));

            assertThat(struct).hasSize(2);
            assertThat(field(struct, 0, "a").asInt()).isEqualTo(1);
            JsonNode inner = field(struct, 1, "b");
            assertThat(inner).hasSize(2);
            assertThat(field(inner, 0, "c").asText()).isEqualTo("x");
            assertThat(field(inner, 1, "d").isNull()).isTrue();
        }

        @Test
        void structsInListsAndListsInStructs() {
            JsonNode list =
                    QueryAnswer.parse(value("SELECT [{'a': [1, 2]}, NULL, {'a': []}] AS l"));

            assertThat(list).hasSize(3);
            assertThat(field(list.get(0), 0, "a").toString()).isEqualTo("[1,2]");
            assertThat(list.get(1).isNull()).isTrue();
            assertThat(field(list.get(2), 0, "a")).isEmpty();
        }

        @Test
        void aNullStructIsNull() {
            assertThat(value("SELECT CAST(NULL AS STRUCT(a INTEGER)) AS s")).isEqualTo("null");
        }

        @Test
        void aMapDropsNullValues() {
            assertThat(value("SELECT MAP {'a': 1, 'b': NULL} AS m")).isEqualTo("{\"a\":1}");
        }

        @Test
        void aMapWithOtherKeysThanTextFailsTheQuery() {
            client().query("SELECT MAP {1: 'a'} AS m").mustFail();
        }

        @Test
        void nanAndInfinitiesArriveAsNull() {
            assertThat(
                            rows(
                                    "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, '-inf'::FLOAT"
                                            + " AS c, 'nan'::FLOAT AS d, 1.5::DOUBLE AS e"))
                    .containsExactly("[null,null,null,null,1.5]");
        }

        @Test
        void jsonIsInlined() {
            assertThat(value("SELECT '{\"a\":[1,null,\"x\"]}'::JSON AS j"))
                    .isEqualTo("{\"a\":[1,null,\"x\"]}");
        }

        @Test
        void datesAndTimesAreText() {
            assertThat(value("SELECT DATE '2024-02-29' AS d")).isEqualTo("\"2024-02-29\"");
            assertThat(value("SELECT TIME '03:04:05' AS t")).matches("\"03:04:05(\\.0{1,9})?\"");
            assertThat(value("SELECT TIME '03:04:05.123456' AS t"))
                    .matches("\"03:04:05\\.123456(000)?\"");
            assertThat(value("SELECT TIMESTAMP '2024-01-02 03:04:05' AS t"))
                    .matches("\"2024-01-02[T ]03:04:05(\\.0{1,9})?\"");
        }

        @Test
        void nullIsNull() {
            assertThat(
                            rows(
                                    "SELECT NULL AS a, NULL::VARCHAR AS b, NULL::DATE AS c,"
                                            + " NULL::BLOB AS d"))
                    .containsExactly("[null,null,null,null]");
        }
    }

    @Nested
    @DisplayName("§4 DuckDB's arithmetic")
    class Arithmetic {

        @Test
        void nanIsGreaterThanEverythingAndEqualsItself() {
            assertThat(
                            rows(
                                    "SELECT 'nan'::DOUBLE > 'inf'::DOUBLE AS a,"
                                            + " 'nan'::DOUBLE = 'nan'::DOUBLE AS b"))
                    .containsExactly("[true,true]");
        }

        @Test
        void bigintFailsInsteadOfWrapping() {
            client().query("SELECT 9223372036854775807::BIGINT + n AS x FROM (SELECT 1 AS n)")
                    .mustFail();
        }
    }

    /** CONTRACT §4: a positional array, and an object is accepted too. */
    private static JsonNode field(JsonNode struct, int position, String name) {
        return struct.isArray() ? struct.path(position) : struct.path(name);
    }
}
