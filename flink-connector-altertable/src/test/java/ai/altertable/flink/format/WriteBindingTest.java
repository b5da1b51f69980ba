package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.ChunkFormat;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteBindingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TINYINT | HUGEINT",
                "INT | BIGINT",
                "FLOAT | DOUBLE",
                "DECIMAL(5, 2) | DECIMAL(7, 4)",
                "STRING | UUID",
                "TIMESTAMP(0) | TIMESTAMP_S",
                "TIMESTAMP(3) | TIMESTAMP_MS",
                "TIMESTAMP(6) | TIMESTAMP_NS",
                "ARRAY<INT> | BIGINT[]",
                "MAP<INT, STRING> | MAP(BIGINT, VARCHAR)",
                "MULTISET<STRING> | MAP(VARCHAR, BIGINT)",
            })
    void widens(String flink, String column) {
        for (ChunkFormat format : ChunkFormat.values()) {
            assertThat(bind(flink, column, format).names()).containsExactly("C");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BIGINT | INTEGER",
                "INT | DOUBLE",
                "DOUBLE | FLOAT",
                "DECIMAL(5, 2) | DECIMAL(5, 3)",
                "TIMESTAMP(9) | TIMESTAMP",
                "TIMESTAMP(3) | TIMESTAMP_S",
                "TIMESTAMP(3) | TIMESTAMPTZ",
                "TIMESTAMP_LTZ(3) | TIMESTAMP",
                "STRING | DATE",
                "DATE | VARCHAR",
                "ARRAY<INT> | INTEGER[3]",
                "ROW<a INT> | MAP(VARCHAR, INTEGER)",
                "MAP<STRING, INT> | STRUCT(a INTEGER)",
                "ROW<a INT> | STRUCT(b INTEGER)",
            })
    void refusesWhatWouldChangeAValue(String flink, String column) {
        for (ChunkFormat format : ChunkFormat.values()) {
            assertThatThrownBy(() -> bind(flink, column, format))
                    .isInstanceOf(ValidationException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BYTES | BLOB",
                "ARRAY<ROW<a BYTES>> | STRUCT(a BLOB)[]",
                "STRING | JSON",
                "MAP<ROW<a INT>, INT> | MAP(STRUCT(a INTEGER), INTEGER)",
            })
    void namesParquetForWhatJsonCannotHold(String flink, String column) {
        assertThat(bind(flink, column, ChunkFormat.PARQUET).names()).containsExactly("C");
        assertThatThrownBy(() -> bind(flink, column, ChunkFormat.JSONL))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("set sink.format to parquet");
    }

    @Test
    void spellsNestedFieldsAsTheTableDoes() {
        ColumnBinding binding =
                bind(
                        "ROW<aB ARRAY<MAP<STRING, ROW<X INT>>>>",
                        "STRUCT(\"other\" DATE, \"Ab\" MAP(VARCHAR, STRUCT(x BIGINT))[])",
                        ChunkFormat.JSONL);

        assertThat(binding.columns().asSummaryString())
                .isEqualTo("ROW<`C` ROW<`Ab` ARRAY<MAP<STRING, ROW<`x` INT>>>>>");
    }

    @Test
    void leavesOutWhatTheRowDoesNotHaveAndRefusesWhatTheTableDoesNotHave() {
        RowType row =
                (RowType) TypeMappingTest.flink("ROW<b INT, a INT, missing STRING, also DATE>");
        List<DuckType.Field> table =
                List.of(
                        DuckType.Field.of("A", "INTEGER"),
                        DuckType.Field.of("more", "INTEGER"),
                        DuckType.Field.of("B", "INTEGER"));

        assertThatThrownBy(() -> TypeMapping.bindForWriting(row, table, ChunkFormat.JSONL))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("missing: the table has no such column")
                .hasMessageContaining("with type VARCHAR")
                .hasMessageContaining("also: the table has no such column");
    }

    private ColumnBinding bind(String flink, String column, ChunkFormat format) {
        RowType row =
                RowType.of(new LogicalType[] {TypeMappingTest.flink(flink)}, new String[] {"c"});
        return TypeMapping.bindForWriting(row, List.of(DuckType.Field.of("C", column)), format);
    }
}
