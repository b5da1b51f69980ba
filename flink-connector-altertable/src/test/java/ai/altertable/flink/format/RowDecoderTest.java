package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowDecoderTest {

    private static RowData decode(String sqlType, String json) throws IOException {
        RowType row = Answers.row(sqlType);
        List<RowData> rows = Answers.read(row, Answers.answer(row, List.of("[" + json + "]")));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @ParameterizedTest
    @FieldSource({
        "ai.altertable.flink.format.DecodedForms#NUMBERS",
        "ai.altertable.flink.format.DecodedForms#TIMES",
        "ai.altertable.flink.format.DecodedForms#TEXTS",
        "ai.altertable.flink.format.DecodedForms#NESTED"
    })
    void reads(String type, String json, Object value) throws IOException {
        RowData expected = Answers.binary(Answers.row(type), GenericRowData.of(value));

        assertThat(decode(type, json)).isEqualTo(expected);
        assertThat(decode(type, " " + json + "\t")).isEqualTo(expected);
        assertThat(decode(type, "null").isNullAt(0)).isTrue();
        assertThatThrownBy(() -> decode(type + " NOT NULL", "null"))
                .isInstanceOf(MalformedRowException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 32, 33, 64, 65, 1000, 600_000})
    void readsArraysOfAnySizeOneAfterTheOther(int size) throws IOException {
        RowType row = Answers.row("ARRAY<STRING>");
        Object[] values = new Object[size];
        StringJoiner json = new StringJoiner(",", "[[", "]]");
        for (int i = 0; i < size; i++) {
            boolean isNull = i % 7 == 3;
            values[i] = isNull ? null : StringData.fromString("the text " + i);
            json.add(isNull ? "null" : "\"the text " + i + '"');
        }
        RowData expected = Answers.binary(row, GenericRowData.of(new GenericArrayData(values)));
        RowData small =
                Answers.binary(
                        row,
                        GenericRowData.of(new GenericArrayData(new Object[] {null, values[0]})));

        assertThat(
                        Answers.read(
                                row,
                                Answers.answer(
                                        row, List.of(json.toString(), "[[null,\"the text 0\"]]"))))
                .isEqualTo(List.of(expected, small));
    }

    @Test
    void rowsKeepLittleMemoryBesidesTheirOwn() throws IOException {
        RowType row = Answers.row("STRING");
        List<String> lines =
                IntStream.range(0, 1000)
                        .mapToObj(i -> "[\"" + "x".repeat(i % 10 == 0 ? 10_000 : i % 100) + "\"]")
                        .toList();

        for (RowData next : Answers.read(row, Answers.answer(row, lines))) {
            BinaryRowData binary = (BinaryRowData) next;
            assertThat(binary.getSegments()).hasSize(1);
            assertThat(binary.getSegments()[0].size())
                    .isLessThanOrEqualTo(Math.max(binary.getSizeInBytes(), 2048));
        }
    }

    @Test
    void aLargeRowIsFreeAsSoonAsNobodyHasIt() throws IOException {
        RowType type = Answers.row("STRING");
        String line = "[\"" + "x".repeat(1_000_000) + "\"]";
        QueryRows rows =
                new RowDecoder(type)
                        .rows(new ByteArrayInputStream(Answers.answer(type, List.of(line))));

        WeakReference<Object> memory = memory(rows.next());
        for (int i = 0; i < 100 && memory.get() != null; i++) {
            System.gc();
        }

        assertThat(memory.get()).isNull();
        assertThat(rows.next()).isNull();
    }

    private static WeakReference<Object> memory(RowData row) {
        return new WeakReference<>(((BinaryRowData) row).getSegments()[0].getArray());
    }

    @Test
    void keepsPrecisionAndScaleOfTheType() throws IOException {
        DecimalData value = decode("DECIMAL(9, 3)", "\"1.5\"").getDecimal(0, 9, 3);

        assertThat(value.precision()).isEqualTo(9);
        assertThat(value.scale()).isEqualTo(3);
        assertThat(value.toUnscaledLong()).isEqualTo(1500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    TINYINT          | 128
                    SMALLINT         | -32769
                    INT              | "2147483648"
                    BIGINT           | 9223372036854775808
                    BIGINT           | -9223372036854775809
                    BIGINT           | 1.5
                    BIGINT           | 1e999999999
                    BIGINT           | 1e-999999999
                    BIGINT           | 1e99999999999
                    BIGINT           | 01
                    BIGINT           | +1
                    BIGINT           | ""
                    BIGINT           | "1 "
                    BIGINT           | true
                    BIGINT           | []
                    DECIMAL(4, 2)    | "12.345"
                    DECIMAL(4, 2)    | 100
                    DECIMAL(4, 2)    | 1e999999999
                    DECIMAL(4, 2)    | 1e-999999999
                    DECIMAL(4, 2)    | "NaN"
                    DECIMAL(4, 2)    | 1.
                    DECIMAL(4, 2)    | .5
                    DECIMAL(18, 0)   | 1000000000000000000
                    DECIMAL(38, 0)   | 100000000000000000000000000000000000000
                    DOUBLE           | NaN
                    DOUBLE           | 1e400
                    DOUBLE           | "0x1p3"
                    DOUBLE           | "1d"
                    FLOAT            | 1e39
                    BOOLEAN          | 1
                    BOOLEAN          | "TRUE"
                    BOOLEAN          | tru
                    DATE             | "2023-02-29"
                    DATE             | "1900-02-29"
                    DATE             | "2024-13-01"
                    DATE             | "2024-00-10"
                    DATE             | "2024-01-00"
                    DATE             | "2024-1-1"
                    DATE             | "infinity"
                    DATE             | "-infinity"
                    DATE             | "9999999-01-01"
                    DATE             | "0000-01-01 (BC)"
                    DATE             | "2024-01-01T00:00:00"
                    DATE             | 19844
                    TIME(3)          | "24:00:00"
                    TIME(3)          | "12:60:00"
                    TIME(3)          | "12:00"
                    TIME(3)          | "12:00:00."
                    TIME(3)          | "12:00:00.1234567890"
                    TIMESTAMP(6)     | 9223372036854775807
                    TIMESTAMP(6)     | -9223372036854775807
                    TIMESTAMP(6)     | 1.5
                    TIMESTAMP(6)     | "infinity"
                    TIMESTAMP(6)     | "2024-05-01"
                    TIMESTAMP(6)     | "2024-05-01T25:00:00"
                    TIMESTAMP(6)     | "2024-05-01T12:00:00Z"
                    TIMESTAMP_LTZ(6) | "2024-05-01T12:00:00"
                    TIMESTAMP_LTZ(6) | "2024-05-01T12:00:00+25:00"
                    BYTES            | "abc"
                    BYTES            | "zz"
                    BYTES            | 12
                    STRING           | "a
                    STRING           | "\\x"
                    STRING           | "\\u12g4"
                    STRING           | a
                    STRING           | [1
                    STRING           | [}
                    STRING           | `"a	b"`
                    ARRAY<INT>       | {}
                    ARRAY<INT>       | [1,]
                    ARRAY<INT>       | [,1]
                    ARRAY<INT>       | [1 2]
                    ARRAY<INT>       | 1
                    MAP<STRING, INT> | [["a",1],["a",2]]
                    MAP<STRING, INT> | {"a":1,"a":2}
                    MAP<BYTES, INT>  | [["00ff",1],["00FF",2]]
                    MAP<BYTES, INT>  | {"00ff":1,"00FF":2}
                    MAP<ROW<b BYTES>, INT> | [[["00ff"],1],[["00FF"],2]]
                    MAP<STRING, INT> | [[null,1]]
                    MAP<STRING, INT> | [[]]
                    MAP<STRING, INT> | [["a"]]
                    MAP<STRING, INT> | [["a",1,2]]
                    MAP<STRING, INT> | [{"key":"a"}]
                    MAP<STRING, INT> | [{"value":1}]
                    MAP<STRING, INT> | [{"key":"a","value":1,"x":2}]
                    MAP<STRING, INT> | [null]
                    MAP<INT, INT>    | {"a":1}
                    MULTISET<STRING> | [["a",null]]
                    MAP<ARRAY<INT>, INT> | {"[]":1}
                    ROW<a INT, b INT> | [1]
                    ROW<a INT, b INT> | [1,2,3]
                    ROW<a INT, b INT> | {"a":1}
                    ROW<a INT, b INT> | {"a":1,"b":2,"c":3}
                    ROW<a INT, b INT> | {"a":1,"a":2}
                    ROW<a INT, b INT> | {"a":1,"B":2}
                    ROW<a INT, b INT> | "[1,2]"
                    """)
    void refuses(String type, String json) {
        assertThatThrownBy(() -> decode(type, json))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageStartingWith("Line 3 of the answer is malformed")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DECIMAL(38, 5)",
                "DATE",
                "TIMESTAMP(6)",
                "BYTES",
                "DOUBLE",
                "BOOLEAN",
                "BIGINT"
            })
    void namesLineColumnAndTypeButNeverTheValue(String type) {
        RowType row =
                RowType.of(
                        new LogicalType[] {
                            Answers.type("BIGINT"), Answers.type("ARRAY<ROW<x " + type + ">>")
                        },
                        new String[] {"id", "items"});
        byte[] answer = Answers.answer(row, List.of("[1,[]]", "[2,[[null],[\"secret\"]]]"));

        assertThatThrownBy(() -> Answers.read(row, answer))
                .isInstanceOfSatisfying(
                        MalformedRowException.class,
                        e -> {
                            assertThat(e.line()).isEqualTo(4);
                            assertThat(e.column()).contains("items[].x");
                            assertThat(e).hasMessageContainingAll("4", "items[].x", type);
                            assertThat(e).message().doesNotContain("secret");
                        });
    }

    @Test
    void refusesATypeThatHasNoCounterpart() {
        RowType row =
                RowType.of(
                        new LogicalType[] {Answers.type("ARRAY<INTERVAL YEAR>")},
                        new String[] {"span"});

        assertThatThrownBy(() -> new RowDecoder(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("span[]", "INTERVAL YEAR");
    }

    @Test
    void readsNoInvalidUtf8() {
        RowType row = Answers.row("STRING");
        byte[][] invalid = {
            {(byte) 0x80},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xC3},
            {(byte) 0xFF},
            {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        };
        for (byte[] bytes : invalid) {
            String place = "?".repeat(bytes.length);
            byte[] answer = Answers.answer(row, List.of("[\"" + place + "\"]"));
            int at = new String(answer, UTF_8).indexOf('?');
            System.arraycopy(bytes, 0, answer, at, bytes.length);

            assertThatThrownBy(() -> Answers.read(row, answer))
                    .as(Arrays.toString(bytes))
                    .isInstanceOf(MalformedRowException.class);
        }
    }
}
