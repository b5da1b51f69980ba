package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLiteralIsTheValueInItsOwnType(long seed) throws SQLException {
        RandomRows random = new RandomRows(seed, true).onlyTextsOfSql();
        try (DuckDb duck = new DuckDb()) {
            duck.execute("SET TimeZone = 'America/St_Johns'");
            for (int i = 0; i < 25; i++) {
                LogicalType type = random.type(0);
                Object value = random.value(type);
                String literal = SqlText.literal(value, type);
                String ddl = TypeMapping.ddl(type);
                RowType row = RowType.of(new LogicalType[] {type}, new String[] {"c"});
                List<DuckType.Field> table = List.of(DuckType.Field.of("c", ddl));
                String item = TypeMapping.selectItems(row, table).get(0);

                Object stored =
                        duck.selected("SELECT " + item + " FROM (SELECT " + literal + " AS c)", row)
                                .get(0)
                                .get(0);

                assertThat(stored)
                        .as("seed %d: %s", seed, type)
                        .isEqualTo(PlainValue.of(value, type));
                assertThat(duck.value("SELECT typeof(" + literal + ")"))
                        .isEqualTo(duck.value("SELECT typeof(CAST(NULL AS " + ddl + "))"));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aTextThatIsCastIsTheValue(long seed) throws SQLException {
        RandomRows random = new RandomRows(seed, true).onlyTextsOfSql();
        try (DuckDb duck = new DuckDb()) {
            for (int i = 0; i < 25; i++) {
                LogicalType type = random.type(9);
                Object value = random.value(type.copy(false));
                String cast =
                        "CAST("
                                + SqlText.quoted(SqlText.text(value, type))
                                + " AS "
                                + TypeMapping.ddl(type)
                                + ")";

                assertThat(
                                duck.value(
                                        "SELECT "
                                                + cast
                                                + " IS NOT DISTINCT FROM "
                                                + SqlText.literal(value, type)))
                        .as("seed %d: %s", seed, type)
                        .isEqualTo("true");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "A b", "q\"uote", "\"\"", "select", "apo'strophe", "😀", "a.b", "-- x"})
    void anIdentifierIsTheName(String name) throws SQLException {
        try (DuckDb duck = new DuckDb()) {
            duck.execute("CREATE TABLE " + SqlText.identifier(name) + " (a INTEGER)");

            assertThat(duck.value("SELECT table_name FROM duckdb_tables()")).isEqualTo(name);
        }
    }

    @Test
    void aQualifiedNameHasEveryPartQuoted() {
        assertThat(SqlText.qualified("c", "my schema", "t\"x"))
                .isEqualTo("\"c\".\"my schema\".\"t\"\"x\"");
    }

    @Test
    void whatSqlCannotHoldIsRefused() {
        LogicalType string = VarCharType.STRING_TYPE;
        StringData text = StringData.fromString("a\0b");

        assertThatThrownBy(() -> SqlText.literal(text, string))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL")
                .hasMessageNotContaining("a\0b");
        assertThatThrownBy(() -> SqlText.identifier("a\0b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SqlText.identifier(""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void halfASurrogatePairIsReplacedAsInRows() {
        assertThat(SqlText.quoted("a\ud800b")).isEqualTo("'a\ufffdb'");
        assertThat(SqlText.quoted("😀")).isEqualTo("'😀'");
    }
}
