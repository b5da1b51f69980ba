package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.format.RowNotEncodableException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

    private static KeyColumns columns(DataType... types) {
        DataTypes.Field[] fields = new DataTypes.Field[types.length];
        String[] names = new String[types.length];
        for (int i = 0; i < types.length; i++) {
            names[i] = "c" + i;
            fields[i] = DataTypes.FIELD(names[i], types[i]);
        }
        return KeyColumns.of((RowType) DataTypes.ROW(fields).getLogicalType(), List.of(names));
    }

    private static RowData row(Object... values) {
        return GenericRowData.of(values);
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    @Test
    void numbersKeysAsTheyCome() {
        KeyIndex index = new KeyIndex(columns(DataTypes.STRING(), DataTypes.STRING()));

        assertThat(index.number(row(text("a"), text("bc")))).isZero();
        assertThat(index.number(row(text("ab"), text("c")))).isEqualTo(1);
        assertThat(index.number(row(text("a"), text("bc")))).isZero();
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void agreesWithAMapAndForgetsWhenCleared() {
        KeyIndex index = new KeyIndex(columns(DataTypes.BIGINT(), DataTypes.STRING()));
        Random random = new Random(3);
        for (int round = 0; round < 3; round++) {
            Map<List<Object>, Integer> map = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                long number = random.nextInt(100);
                String text = "t" + random.nextInt(100);
                int expected = map.computeIfAbsent(List.of(number, text), any -> map.size());

                assertThat(index.number(row(number, text(text)))).isEqualTo(expected);
            }
            assertThat(index.size()).isEqualTo(map.size());
            index.clear();
            assertThat(index.size()).isZero();
            assertThat(index.sizeInBytes()).isZero();
        }
    }

    @Test
    void takesValuesForEqualThatAreEqualInTheTable() {
        KeyIndex index = new KeyIndex(columns(DataTypes.DECIMAL(10, 2), DataTypes.TIMESTAMP(3)));
        RowData one =
                row(
                        DecimalData.fromBigDecimal(new BigDecimal("1.50"), 10, 2),
                        TimestampData.fromEpochMillis(1, 1_000));
        RowData same =
                row(
                        DecimalData.fromBigDecimal(new BigDecimal("1.5"), 10, 1),
                        TimestampData.fromEpochMillis(1, 1_999));

        assertThat(index.number(one)).isEqualTo(index.number(same));
    }

    @Test
    void saysEveryTypeOfAKeyInSql() {
        KeyColumns columns =
                columns(
                        DataTypes.BOOLEAN(),
                        DataTypes.TINYINT(),
                        DataTypes.SMALLINT(),
                        DataTypes.INT(),
                        DataTypes.BIGINT(),
                        DataTypes.DECIMAL(38, 3),
                        DataTypes.STRING(),
                        DataTypes.BYTES(),
                        DataTypes.DATE(),
                        DataTypes.TIME(3),
                        DataTypes.TIMESTAMP(6),
                        DataTypes.TIMESTAMP(9),
                        DataTypes.TIMESTAMP_LTZ(6));
        KeyIndex index = new KeyIndex(columns);
        index.number(
                row(
                        true,
                        (byte) -1,
                        (short) -2,
                        -3,
                        -4L,
                        DecimalData.fromBigDecimal(new BigDecimal("-12.345"), 38, 3),
                        text("it's"),
                        new byte[] {1, (byte) 0xFF},
                        -1,
                        1_001,
                        TimestampData.fromEpochMillis(-1, 999_000),
                        TimestampData.fromEpochMillis(0, 1),
                        TimestampData.fromEpochMillis(0)));

        assertThat(columns.sqlRow(index.key(0)))
                .isEqualTo(
                        "('true','-1','-2','-3','-4','-12.345','it''s','\\x01\\xFF','1969-12-31',"
                                + "'00:00:01.001','1969-12-31 23:59:59.999999',"
                                + "'1970-01-01 00:00:00.000000001',"
                                + "'1970-01-01 00:00:00.000000Z')");
    }

    @Test
    void refusesANullByTheNameOfItsColumnAndStaysAsItWas() {
        KeyIndex index = new KeyIndex(columns(DataTypes.STRING(), DataTypes.STRING()));

        assertThatThrownBy(() -> index.number(row(text("a"), null)))
                .isInstanceOf(RowNotEncodableException.class)
                .hasMessageContaining("'c1' is NULL");
        assertThat(index.size()).isZero();
        assertThat(index.number(row(text("a"), text("b")))).isZero();
        assertThat(index.number(row(text("a"), text("b")))).isZero();
    }

    @Test
    void refusesTypesWithoutAReliableEquality() {
        assertThatThrownBy(
                        () ->
                                columns(
                                        DataTypes.FLOAT(),
                                        DataTypes.DOUBLE(),
                                        DataTypes.ARRAY(DataTypes.INT()),
                                        DataTypes.STRING()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("c0: FLOAT")
                .hasMessageContaining("c1: DOUBLE")
                .hasMessageContaining("c2: ARRAY<INT>")
                .hasMessageNotContaining("c3");
    }
}
