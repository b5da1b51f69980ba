package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CONTRACT §4, Writing Parquet: everything is exact. */
abstract class WritingParquetSuite extends ContractPart {

    @Nested
    @DisplayName("§4 every value arrives as it was written")
    class Exact {

        static Stream<Arguments> values() {
            return Stream.of(
                    Arguments.of("BOOLEAN", "true", "true"),
                    Arguments.of("TINYINT", "-128", "-128"),
                    Arguments.of("BIGINT", "9223372036854775807", "9223372036854775807"),
                    Arguments.of("UBIGINT", "18446744073709551615", "18446744073709551615"),
                    Arguments.of("FLOAT", "0.1", "0.1"),
                    Arguments.of("DOUBLE", "0.1", "0.1"),
                    Arguments.of("DOUBLE", "'nan'", "nan"),
                    Arguments.of("DOUBLE", "'-inf'", "-inf"),
                    Arguments.of("FLOAT", "'inf'", "inf"),
                    Arguments.of("DECIMAL(4,1)", "-123.4", "-123.4"),
                    Arguments.of("DECIMAL(18,2)", "'1234567890123456.78'", "1234567890123456.78"),
                    Arguments.of(
                            "DECIMAL(38,10)",
                            "'1234567890123456789012345678.0123456789'",
                            "1234567890123456789012345678.0123456789"),
                    Arguments.of("VARCHAR", "'größe 🦆 ' || chr(0) || chr(10)", "größe 🦆 \0\n"),
                    Arguments.of("VARCHAR", "''", ""),
                    Arguments.of("BLOB", "'\\x00\\xFF'", "\\x00\\xFF"),
                    Arguments.of("DATE", "'0001-01-01'", "0001-01-01"),
                    Arguments.of("TIME", "'23:59:59.999999'", "23:59:59.999999"),
                    Arguments.of(
                            "TIMESTAMP",
                            "'1969-12-31 23:59:59.999999'",
                            "1969-12-31 23:59:59.999999"),
                    Arguments.of(
                            "TIMESTAMP",
                            "'2024-01-02 03:04:05.123456'",
                            "2024-01-02 03:04:05.123456"),
                    Arguments.of(
                            "UUID",
                            "'9a3c1c2e-0000-4000-8000-000000000001'",
                            "9a3c1c2e-0000-4000-8000-000000000001"),
                    Arguments.of("INTEGER[]", "[1, NULL, 3]", "[1, NULL, 3]"),
                    Arguments.of("INTEGER[][]", "[[1], [], NULL]", "[[1], [], NULL]"),
                    Arguments.of(
                            "STRUCT(x INTEGER, y STRUCT(z DECIMAL(20,5)))",
                            "{'x': 1, 'y': {'z': 123456789012345.12345::DECIMAL(20,5)}}",
                            "{'x': 1, 'y': {'z': 123456789012345.12345}}"),
                    Arguments.of(
                            "STRUCT(x VARCHAR)[]",
                            "[{'x': 'a'}, NULL, {'x': NULL}]",
                            "[{'x': a}, NULL, {'x': NULL}]"),
                    Arguments.of("MAP(INTEGER, VARCHAR)", "MAP {1: 'a', 2: NULL}", "{1=a, 2=NULL}"),
                    Arguments.of(
                            "MAP(VARCHAR, DECIMAL(20,5)[])",
                            "MAP {'k': [1.5::DECIMAL(20,5)]}",
                            "{k=[1.50000]}"));
        }

        @ParameterizedTest
        @MethodSource("values")
        void ofThisType(String type, String sql, String text) {
            Table table = table("id INTEGER, c " + type);
            append(
                    table,
                    Payload.parquet(
                            "SELECT 1::INTEGER AS id, CAST(" + sql + " AS " + type + ") c"));
            append(table, Payload.parquet("SELECT 2::INTEGER AS id, CAST(NULL AS " + type + ") c"));

            List<String> rows =
                    rows("SELECT CAST(c AS VARCHAR) AS c FROM " + table.sql() + " ORDER BY id");

            assertThat(QueryAnswer.parse(rows.get(0)).get(0).asText()).isEqualTo(text);
            assertThat(rows.get(1)).isEqualTo("[null]");
        }

        @Test
        void timestampsWithATimeZone() {
            Table table = table("c TIMESTAMPTZ");
            append(
                    table,
                    Payload.parquet("SELECT TIMESTAMPTZ '2024-01-02 03:04:05.123456+05' AS c"));

            assertThat(value("SELECT epoch_us(c) AS c FROM " + table.sql()))
                    .isEqualTo("1704146645123456");
        }
    }

    @Nested
    @DisplayName("§4 columns are matched by name")
    class Columns {

        @Test
        void anUnknownColumnIsAnError() {
            Table table = table("id INTEGER");

            client().upload(
                            "append",
                            table,
                            Payload.parquet("SELECT 1::INTEGER AS id, 'x' AS more"))
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void namesMatchWithoutCase() {
            Table table = table("id INTEGER, \"Name\" VARCHAR");

            append(table, Payload.parquet("SELECT 'a' AS NAME, 1::INTEGER AS \"Id\""));

            assertThat(rows("SELECT id, \"Name\" FROM " + table.sql()))
                    .containsExactly("[1,\"a\"]");
        }

        @Test
        void aColumnThatTheFileOmitsIsNullWithoutADefault() {
            Table table = table("id INTEGER, name VARCHAR");

            append(table, Payload.parquet("SELECT 1::INTEGER AS id"));

            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,null]");
        }
    }
}
