package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeMappingTest {

    @Nested
    class Creating {

        static LongStream seeds() {
            return LongStream.range(0, Long.getLong("seeds", 100));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("seeds")
        void duckDbReportsTheTypeThatWasMeant(long seed) throws SQLException {
            RowType type = new RandomRows(seed, true).rowType();
            try (DuckDb duck = new DuckDb()) {
                duck.execute("CREATE TABLE t " + TypeMapping.ddl(type));

                List<DuckType.Field> columns = duck.columns("t");

                assertThat(columns)
                        .extracting(DuckType.Field::name)
                        .isEqualTo(type.getFieldNames());
                assertThat(columns)
                        .extracting(column -> column.type().ddl())
                        .isEqualTo(type.getChildren().stream().map(TypeMapping::ddl).toList());
            }
        }

        @Test
        void aNotNullColumnIsOne() {
            assertThat(TypeMapping.ddl((RowType) flink("ROW<a INT NOT NULL, `b c` STRING>")))
                    .isEqualTo("(\"a\" INTEGER NOT NULL, \"b c\" VARCHAR)");
        }

        @Test
        void everyTypeWithoutACounterpartIsNamedInOneMessage() {
            RowType type =
                    (RowType)
                            flink(
                                    "ROW<a TIMESTAMP_LTZ(9), b ARRAY<ROW<c INTERVAL DAY>>, d INT,"
                                            + " D INT, e ROW<>>");

            assertThatThrownBy(() -> TypeMapping.ddl(type))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("a: TIMESTAMP_LTZ(9)")
                    .hasMessageContaining("CAST it to TIMESTAMP_LTZ(6)")
                    .hasMessageContaining("b[].c: INTERVAL DAY")
                    .hasMessageContaining("D: is the same name as d")
                    .hasMessageContaining("e: a ROW without fields");
        }
    }

    @Nested
    class TheTypesOfATable {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "BOOLEAN",
                    "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "HUGEINT",
                    "UHUGEINT",
                    "FLOAT",
                    "DOUBLE",
                    "DECIMAL(38,10)",
                    "VARCHAR",
                    "BLOB",
                    "DATE",
                    "TIME",
                    "TIMESTAMP",
                    "TIMESTAMP_S",
                    "TIMESTAMP_MS",
                    "TIMESTAMP_NS",
                    "TIMESTAMPTZ",
                    "TIMETZ",
                    "UUID",
                    "JSON",
                    "INTERVAL",
                    "BIT",
                    "BIGNUM",
                    "VARIANT",
                    "ENUM('a', 'b'')')",
                    "UNION(a INTEGER, \"b)\" VARCHAR)",
                    "INTEGER[]",
                    "INTEGER[3][]",
                    "MAP(VARCHAR, DECIMAL(5,2)[])",
                    "STRUCT(\"a b\" INTEGER, \"q\"\"x\" STRUCT(c MAP(DATE, TIMETZ)), d"
                            + " TIMESTAMPTZ[])"
                })
        void canBeReadInTheirNaturalFlinkType(String column) throws SQLException {
            try (DuckDb duck = new DuckDb()) {
                duck.execute("CREATE TABLE t (\"c\" " + column + ")");
                duck.execute("INSERT INTO t VALUES (NULL)");
                List<DuckType.Field> table = duck.columns("t");
                LogicalType natural = TypeMapping.flinkType(table.get(0).type()).orElseThrow();
                RowType row = RowType.of(new LogicalType[] {natural}, new String[] {"c"});

                assertThat(
                                duck.rows(
                                        "SELECT "
                                                + TypeMapping.selectItems(row, table).get(0)
                                                + " FROM t"))
                        .isEqualTo(List.of(Arrays.asList((String) null)));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "STRUCT(INTEGER, DATE)",
                    "STRUCT(a INTEGER",
                    "DECIMAL(x)",
                    "MAP(INTEGER)",
                    "INTEGER[",
                    "ENUM('a",
                    "INTEGER DATE",
                    "DECIMAL(99999999999)"
                })
        void areRefusedWhenTheyAreNone(String text) {
            assertThatThrownBy(() -> DuckType.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a type");
        }
    }

    @Test
    void everyColumnTypeInTheTableExistsInDuckDb() throws SQLException {
        List<String> names = new ArrayList<>();
        for (ScalarMapping mapping : ScalarMapping.values()) {
            for (String list : List.of(mapping.written, mapping.read)) {
                names.addAll(
                        Arrays.stream(list.split("[,;] | and "))
                                .map(name -> name.replaceAll("[ (].*", ""))
                                .filter(name -> name.matches("[A-Z_]{3,}"))
                                .filter(name -> !List.of("ENUM", "UNION", "TIME").contains(name))
                                .collect(Collectors.toList()));
            }
        }
        try (DuckDb duck = new DuckDb()) {
            for (String name : names) {
                assertThat(duck.value("SELECT CAST(NULL AS " + name + ")")).isNull();
            }
        }
    }

    static LogicalType flink(String type) {
        return LogicalTypeParser.parse(type, TypeMappingTest.class.getClassLoader());
    }
}
