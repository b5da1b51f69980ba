package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CursorTest {

    private static RowType columns(DataType cursor) {
        return (RowType) DataTypes.ROW(DataTypes.FIELD("ts", cursor)).getLogicalType();
    }

    private static RowData row(Object value) {
        return GenericRowData.of(value);
    }

    static Stream<Arguments> olderAndNewer() {
        return Stream.of(
                Arguments.of(DataTypes.BIGINT(), 1L, 2L),
                Arguments.of(DataTypes.DOUBLE(), -1.5, 0.5),
                Arguments.of(DataTypes.DATE(), -1, 1),
                Arguments.of(
                        DataTypes.DECIMAL(20, 2),
                        DecimalData.fromBigDecimal(new BigDecimal("9.90"), 20, 2),
                        DecimalData.fromBigDecimal(new BigDecimal("10.00"), 20, 2)),
                Arguments.of(
                        DataTypes.TIMESTAMP_LTZ(6),
                        TimestampData.fromInstant(Instant.parse("2026-01-01T00:00:00.000001Z")),
                        TimestampData.fromInstant(Instant.parse("2026-01-01T00:00:00.000002Z"))),
                Arguments.of(
                        DataTypes.STRING(),
                        StringData.fromString("a"),
                        StringData.fromString("b")));
    }

    @ParameterizedTest
    @MethodSource("olderAndNewer")
    void onlyWhatIsStrictlyGreaterIsNewer(DataType type, Object older, Object newer) {
        Cursor cursor = Cursor.of(columns(type), "ts");
        cursor.remember(row(older), 0);
        cursor.remember(row(newer), 1);

        assertThat(cursor.isNewer(row(newer), 0)).isTrue();
        assertThat(cursor.isNewer(row(older), 0)).isFalse();
        assertThat(cursor.isNewer(row(older), 1)).isFalse();
    }

    @Test
    void nullIsNeitherNewerNorOlder() {
        Cursor cursor = Cursor.of(columns(DataTypes.BIGINT()), "ts");
        cursor.remember(row(1L), 0);
        cursor.remember(row(null), 1);

        assertThat(cursor.isNewer(row(null), 0)).isFalse();
        assertThat(cursor.isNewer(row(1L), 1)).isFalse();
    }

    @Test
    void remembersATextWhoseMemoryIsUsedAgain() {
        Cursor cursor = Cursor.of(columns(DataTypes.STRING()), "ts");
        byte[] memory = {'b'};
        cursor.remember(row(BinaryStringData.fromBytes(memory)), 0);
        memory[0] = 'z';

        assertThat(cursor.isNewer(row(StringData.fromString("c")), 0)).isTrue();
    }

    @Test
    void remembersMoreKeysThanItBeganWith() {
        Cursor cursor = Cursor.of(columns(DataTypes.INT()), "ts");
        for (int key = 0; key < 5_000; key++) {
            cursor.remember(row(key), key);
        }
        assertThat(cursor.isNewer(row(4_999), 4_998)).isTrue();
        assertThat(cursor.isNewer(row(4_999), 4_999)).isFalse();
    }

    @Test
    void refusesAColumnThatIsNotThereOrHasNoOrder() {
        assertThatThrownBy(() -> Cursor.check(columns(DataTypes.BIGINT()), "at"))
                .hasMessageContaining("'sink.cursor-field'")
                .hasMessageContaining("'at'");
        assertThatThrownBy(() -> Cursor.check(columns(DataTypes.BOOLEAN()), "ts"))
                .hasMessageContaining("'sink.cursor-field'")
                .hasMessageContaining("BOOLEAN");
        assertThatCode(() -> Cursor.check(columns(DataTypes.BOOLEAN()), ""))
                .doesNotThrowAnyException();
    }
}
