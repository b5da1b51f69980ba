package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadExpressionsTest {

    /** The type of the column, a value of it, the Flink type, what arrives in JSON. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BOOLEAN | true | BOOLEAN | true",
                "UTINYINT | 255 | SMALLINT | 255",
                "UINTEGER | 4294967295 | BIGINT | 4294967295",
                "UBIGINT | 18446744073709551615 | DECIMAL(20, 0) | \"18446744073709551615\"",
                "UBIGINT | 18446744073709551615 | STRING | \"18446744073709551615\"",
                "HUGEINT | -5 | DECIMAL(38, 0) | \"-5\"",
                "DECIMAL(5, 2) | -0.50 | DECIMAL(38, 5) | \"-0.50000\"",
                "DECIMAL(38, 38) | 0.5 | DECIMAL(38, 38) | \"."
                        + "50000000000000000000000000000000000000\"",
                "FLOAT | 0.1 | FLOAT | \"0.1\"",
                "FLOAT | 0.1 | DOUBLE | \"0.10000000149011612\"",
                "DOUBLE | 'NaN' | DOUBLE | \"nan\"",
                "DOUBLE | '-Infinity' | DOUBLE | \"-inf\"",
                "DOUBLE | '-0.0' | DOUBLE | \"-0.0\"",
                "UUID | '6ba7b810-9dad-11d1-80b4-00c04fd430c8' | STRING |"
                        + " \"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"",
                "JSON | '{\"a\": 1}' | STRING | \"{\\\"a\\\": 1}\"",
                "ENUM('x', 'y,)''') | 'y,)''' | STRING | \"y,)'\"",
                "INTERVAL | '1 day' | STRING | \"1 day\"",
                "TIMETZ | '12:00:00+02' | STRING | \"12:00:00+02\"",
                "BIT | '0101' | STRING | \"0101\"",
                "UNION(\"a b\" INTEGER, s VARCHAR) | 7 | STRING | \"7\"",
                "BLOB | '\\xAA\\x00' | BYTES | \"AA00\"",
                "BLOB | '' | BYTES | \"\"",
                "DATE | '0001-01-01' | DATE | \"0001-01-01\"",
                "TIME | '23:59:59.999' | TIME(3) | \"23:59:59.999\"",
                "TIMESTAMP | '0001-01-01' | TIMESTAMP(3) | -62135596800000000",
                "TIMESTAMP | '9999-12-31 23:59:59.999999' | TIMESTAMP(6) | 253402300799999999",
                "TIMESTAMP_S | '1970-01-01 00:00:01' | TIMESTAMP(0) | 1000000",
                "TIMESTAMP_MS | '1970-01-01 00:00:01' | TIMESTAMP(3) | 1000000",
                "TIMESTAMP_NS | '1970-01-01 00:00:00.000001' | TIMESTAMP(6) | 1",
                "TIMESTAMP_NS | '1970-01-01 00:00:00.000000001' | TIMESTAMP(9) | 1",
                "TIMESTAMPTZ | '1970-01-01 00:00:00Z' | TIMESTAMP_LTZ(6) | 0",
                "INTEGER[3] | [1, NULL, 3] | ARRAY<BIGINT> | [1,null,3]",
                "DOUBLE[2][] | [[1, NULL], NULL] | ARRAY<ARRAY<DOUBLE>> |"
                        + " [[\"1.0\",null],null]",
                "MAP(INTEGER, DOUBLE) | MAP {1: 1.5, 2: NULL} | MAP<INT, DOUBLE> |"
                        + " [{\"key\":1,\"value\":\"1.5\"},{\"key\":2,\"value\":null}]",
                "MAP(VARCHAR, INTEGER) | MAP {'a': NULL} | MAP<STRING, INT> |"
                        + " [{\"key\":\"a\",\"value\":null}]",
                "MAP(VARCHAR, INTEGER) | MAP {} | MAP<STRING, INT> | []",
                "STRUCT(\"q\"\"'\" INTEGER) | {'q\"''': 1} | ROW<`q\"'` INT> |" + " {\"q\\\"'\":1}",
                "STRUCT(c DATE, A FLOAT, b INTEGER) | {'c': NULL, 'A': 1.5, 'b': 2} |"
                        + " ROW<B INT, a FLOAT> | {\"B\":2,\"a\":\"1.5\"}",
                "STRUCT(t TIMESTAMP, s STRUCT(d DECIMAL(3, 1)[])) |"
                        + " {'t': NULL, 's': {'d': [1.5, NULL]}} |"
                        + " ROW<t TIMESTAMP(6), s ROW<d ARRAY<DECIMAL(3, 1)>>> |"
                        + " {\"t\":null,\"s\":{\"d\":[\"1.5\",null]}}",
                "STRUCT(t TIMESTAMP, s STRUCT(d DOUBLE)) | {'t': NULL, 's': NULL} |"
                        + " ROW<t TIMESTAMP(6), s ROW<d DOUBLE>> | {\"t\":null,\"s\":null}",
                "STRUCT(t TIMESTAMP)[] | [NULL, {'t': NULL}] | ARRAY<ROW<t TIMESTAMP(6)>> |"
                        + " [null,{\"t\":null}]",
            })
    void givesTheExactValueInJson(String column, String value, String flink, String json)
            throws SQLException {
        try (DuckDb duck = new DuckDb()) {
            duck.execute("SET TimeZone = 'Asia/Kathmandu'");
            // Names that are also names of tables, aliases and lambda parameters.
            duck.execute("CREATE TABLE x1 (\"x1\" " + column + ")");
            duck.execute("INSERT INTO x1 VALUES (" + value + "), (NULL)");
            RowType row =
                    RowType.of(
                            new LogicalType[] {TypeMappingTest.flink(flink)}, new String[] {"X1"});

            List<String> items = TypeMapping.selectItems(row, duck.columns("x1"));
            List<List<String>> rows =
                    duck.rows(
                            "SELECT CAST(to_json(s.\"X1\") AS VARCHAR) FROM (SELECT "
                                    + items.get(0)
                                    + " FROM x1 AS x1) s");

            assertThat(rows.get(0)).containsExactly(json);
            assertThat(rows.get(1)).containsExactly((String) null);
            assertThat(items.get(0)).endsWith(" AS \"X1\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP, TIMESTAMP(6)",
        "TIMESTAMP_S, TIMESTAMP(0)",
        "TIMESTAMP_NS, TIMESTAMP(9)",
        "TIMESTAMPTZ, TIMESTAMP_LTZ(6)"
    })
    void anInfiniteTimestampIsAnErrorAndNotNull(String column, String flink) throws SQLException {
        try (DuckDb duck = new DuckDb()) {
            duck.execute("CREATE TABLE t (c " + column + ")");
            duck.execute("INSERT INTO t VALUES ('infinity')");
            RowType row =
                    RowType.of(
                            new LogicalType[] {TypeMappingTest.flink(flink)}, new String[] {"c"});
            String item = TypeMapping.selectItems(row, duck.columns("t")).get(0);

            assertThatThrownBy(() -> duck.rows("SELECT " + item + " FROM t"))
                    .hasMessageContaining("infinite timestamp");
        }
    }

    @Test
    void aValueOf39DigitsIsAnError() throws SQLException {
        try (DuckDb duck = new DuckDb()) {
            duck.execute("CREATE TABLE t (c HUGEINT)");
            duck.execute("INSERT INTO t VALUES (170141183460469231731687303715884105727)");
            RowType row =
                    RowType.of(
                            new LogicalType[] {TypeMappingTest.flink("DECIMAL(38, 0)")},
                            new String[] {"c"});
            String item = TypeMapping.selectItems(row, duck.columns("t")).get(0);

            assertThatThrownBy(() -> duck.rows("SELECT " + item + " FROM t"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void nothingIsTakenApartThatIsExactAsItIs() {
        RowType row =
                (RowType)
                        TypeMappingTest.flink(
                                "ROW<a ROW<b ARRAY<INT>, c STRING>, m MAP<INT, STRING>>");
        List<DuckType.Field> table =
                List.of(
                        DuckType.Field.of("a", "STRUCT(b INTEGER[], c VARCHAR)"),
                        DuckType.Field.of("m", "MAP(INTEGER, VARCHAR)"));

        assertThat(TypeMapping.selectItems(row, table))
                .containsExactly("\"a\" AS \"a\"", "map_entries(\"m\") AS \"m\"");
    }

    @Test
    void allThatDoesNotFitIsNamedInOneMessage() {
        RowType row =
                (RowType)
                        TypeMappingTest.flink(
                                "ROW<a INT, b DECIMAL(5, 2), c ARRAY<ROW<d FLOAT>>, e STRING,"
                                        + " f TIMESTAMP(9), g MAP<INT, INT>, h TIME(0)>");
        List<DuckType.Field> table =
                List.of(
                        DuckType.Field.of("a", "BIGINT"),
                        DuckType.Field.of("b", "DECIMAL(6,2)"),
                        DuckType.Field.of("c", "STRUCT(d DOUBLE)[]"),
                        DuckType.Field.of("f", "TIMESTAMP"),
                        DuckType.Field.of("g", "INTEGER[]"),
                        DuckType.Field.of("h", "GEOMETRY"));

        assertThatThrownBy(() -> TypeMapping.selectItems(row, table))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("a: INT cannot be read from BIGINT; declare it as BIGINT")
                .hasMessageContaining("b: DECIMAL(5, 2) cannot be read from DECIMAL(6, 2)")
                .hasMessageContaining("c[].d: FLOAT cannot be read from DOUBLE")
                .hasMessageContaining("e: there is no such column; there are a, b, c, f, g, h")
                .hasMessageContaining("f: TIMESTAMP(9) cannot be read from TIMESTAMP;")
                .hasMessageContaining("g: MAP<INT, INT> cannot be read from INTEGER[]")
                .hasMessageContaining("h: TIME(0) cannot be read from GEOMETRY; leave it out");
    }
}
