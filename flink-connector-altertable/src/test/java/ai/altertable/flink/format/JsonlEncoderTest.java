package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.ChunkFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JsonlEncoderTest {

    private static final LogicalType STRING = VarCharType.STRING_TYPE;

    @Nested
    class ARow {

        @Test
        void isOneLineWithEveryColumn() {
            RowType type = RowType.of(new LogicalType[] {new IntType(), STRING}, names("a", "b"));

            assertThat(lines(type, GenericRowData.of(1, text("x")), GenericRowData.of(null, null)))
                    .isEqualTo("{\"a\":1,\"b\":\"x\"}\n{\"a\":null,\"b\":null}\n");
        }

        @Test
        void hasTheTablesNamesAndOrder() {
            RowType type = RowType.of(new LogicalType[] {new IntType(), STRING}, names("A", "b"));
            ColumnBinding binding =
                    TypeMapping.bindForWriting(
                            type,
                            List.of(
                                    DuckType.Field.of("B", "VARCHAR"),
                                    DuckType.Field.of("other", "DATE"),
                                    DuckType.Field.of("a", "BIGINT")),
                            ChunkFormat.JSONL);

            assertThat(lines(binding, GenericRowData.of(1, text("x"))))
                    .isEqualTo("{\"B\":\"x\",\"a\":1}\n");
        }

        @Test
        void hasEscapedNames() {
            RowType type = RowType.of(new LogicalType[] {new IntType()}, names("a\"\\\n\u0001é"));

            assertThat(lines(type, GenericRowData.of(1)))
                    .isEqualTo("{\"a\\\"\\\\\\n\\u0001é\":1}\n");
        }
    }

    @Nested
    class AText {

        @Test
        void isEscapedOnlyWhereItMustBe() {
            assertThat(encoded(STRING, text("a/b\"c\\d\n\r\t\u0000\u001f\u007fé€😀")))
                    .isEqualTo("\"a/b\\\"c\\\\d\\n\\r\\t\\u0000\\u001f\u007fé€😀\"");
        }

        @Test
        void isEscapedAtEveryPlaceOfAWord() {
            for (int length = 1; length < 20; length++) {
                for (int place = 0; place < length; place++) {
                    StringBuilder plain = new StringBuilder("x".repeat(length));
                    plain.setCharAt(place, '"');
                    String escaped = plain.toString().replace("\"", "\\\"");

                    assertThat(encoded(STRING, text(plain.toString())))
                            .isEqualTo('"' + escaped + '"');
                }
            }
        }

        @Test
        void hasAReplacementForWhatIsNoUtf8() {
            byte[][] noUtf8 = {
                {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'b'},
                {(byte) 0xc0, (byte) 0x80},
                {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
                {(byte) 0xf0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                {(byte) 0xff, '1', '2', '3', '4', '5', '6', '7'},
                {'1', '2', '3', '4', '5', '6', (byte) 0xe2, (byte) 0x82},
                {'1', '2', '3', '4', '5', '6', '7', (byte) 0xf0, (byte) 0x9f, (byte) 0x98},
                {(byte) 0x80},
            };
            for (byte[] bytes : noUtf8) {
                String decoded = new String(bytes, UTF_8);

                assertThat(decoded).contains("\ufffd");
                assertThat(encoded(STRING, StringData.fromBytes(bytes)))
                        .isEqualTo('"' + decoded + '"');
            }
        }

        @Test
        void isWholeHoweverLongItIs() {
            for (String piece : names("x", "é", "€", "😀", "ab😀€é\"")) {
                for (int shift = 0; shift < 5; shift++) {
                    String longText = "y".repeat(shift) + piece.repeat(300_000);

                    assertThat(encoded(STRING, text(longText)))
                            .isEqualTo('"' + longText.replace("\"", "\\\"") + '"');
                }
            }
        }
    }

    @Nested
    class AValue {

        @Test
        void isExact() {
            assertThat(encoded(new BigIntType(), Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
            assertThat(encoded(new BooleanType(), true)).isEqualTo("true");
            assertThat(encoded(decimalType(5, 2), decimal("-0.05", 5, 2))).isEqualTo("\"-0.05\"");
            assertThat(encoded(decimalType(18, 0), decimal("-999999999999999999", 18, 0)))
                    .isEqualTo("\"-999999999999999999\"");
            assertThat(encoded(decimalType(38, 38), decimal("0." + "9".repeat(38), 38, 38)))
                    .isEqualTo("\"0." + "9".repeat(38) + "\"");
            assertThat(encoded(new DoubleType(), Double.NaN)).isEqualTo("\"NaN\"");
            assertThat(encoded(new FloatType(), Float.NEGATIVE_INFINITY))
                    .isEqualTo("\"-Infinity\"");
            assertThat(encoded(new DoubleType(), -0.0)).isEqualTo("-0.0");
            assertThat(encoded(new DateType(), (int) LocalDate.of(1, 1, 1).toEpochDay()))
                    .isEqualTo("\"0001-01-01\"");
            assertThat(encoded(new TimeType(0), 86_399_000)).isEqualTo("\"23:59:59\"");
            assertThat(encoded(new TimeType(9), 1)).isEqualTo("\"00:00:00.001\"");
        }

        @Test
        void isATimestampWithoutOffsetOrInUtc() {
            TimestampData beforeTheEpoch = TimestampData.fromEpochMillis(-1, 999_999);

            assertThat(encoded(new TimestampType(9), beforeTheEpoch))
                    .isEqualTo("\"1969-12-31 23:59:59.999999999\"");
            assertThat(encoded(new TimestampType(4), beforeTheEpoch))
                    .isEqualTo("\"1969-12-31 23:59:59.999999\"");
            assertThat(encoded(new LocalZonedTimestampType(3), beforeTheEpoch))
                    .isEqualTo("\"1969-12-31 23:59:59.999Z\"");
            assertThat(encoded(new LocalZonedTimestampType(0), TimestampData.fromEpochMillis(0)))
                    .isEqualTo("\"1970-01-01 00:00:00Z\"");
        }

        @Test
        void mayHaveParts() {
            LogicalType list = new ArrayType(STRING);
            LogicalType map = new MapType(new IntType(), list);
            Map<Object, Object> entries = new HashMap<>();
            entries.put(7, new GenericArrayData(new Object[] {text("a"), null}));

            assertThat(encoded(map, new GenericMapData(entries))).isEqualTo("{\"7\":[\"a\",null]}");
            assertThat(encoded(map, new GenericMapData(Map.of()))).isEqualTo("{}");
            assertThat(encoded(list, new GenericArrayData(new Object[0]))).isEqualTo("[]");
            assertThat(
                            encoded(
                                    new MapType(new DoubleType(), new BooleanType()),
                                    new GenericMapData(Map.of(Double.NaN, false))))
                    .isEqualTo("{\"NaN\":false}");
            assertThat(
                            encoded(
                                    RowType.of(new LogicalType[] {list}, names("r")),
                                    GenericRowData.of((Object) null)))
                    .isEqualTo("{\"r\":null}");
        }
    }

    @Test
    void countsWhatASealedChunkHas() throws IOException {
        RowType type = RowType.of(new LogicalType[] {new IntType()}, names("a"));
        JsonlEncoder encoder = new JsonlEncoder(ColumnBinding.identity(type));
        for (int i = 0; i < 100_000; i++) {
            encoder.add(GenericRowData.of(i));
        }
        long size = encoder.sizeInBytes();
        Chunk chunk = encoder.seal();

        assertThat(chunk.rows()).isEqualTo(100_000);
        assertThat(chunk.format()).isEqualTo(ChunkFormat.JSONL);
        assertThat(chunk.sizeInBytes()).isEqualTo(size).isEqualTo(string(chunk).length());
        assertThat(encoder.rows()).isZero();
        assertThat(encoder.sizeInBytes()).isZero();
    }

    private static String encoded(LogicalType type, Object value) {
        String line =
                lines(RowType.of(new LogicalType[] {type}, names("c")), GenericRowData.of(value));
        assertThat(line).startsWith("{\"c\":").endsWith("}\n");
        return line.substring(5, line.length() - 2);
    }

    private static String lines(RowType type, GenericRowData... rows) {
        return lines(ColumnBinding.identity(type), rows);
    }

    private static String lines(ColumnBinding binding, GenericRowData... rows) {
        JsonlEncoder encoder = new JsonlEncoder(binding);
        for (GenericRowData row : rows) {
            encoder.add(row);
        }
        try {
            return string(encoder.seal());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String string(Chunk chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunk.writeTo(out);
        return out.toString(UTF_8);
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    private static DecimalType decimalType(int precision, int scale) {
        return new DecimalType(precision, scale);
    }

    private static DecimalData decimal(String text, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(text), precision, scale);
    }

    private static String[] names(String... names) {
        return names;
    }
}
