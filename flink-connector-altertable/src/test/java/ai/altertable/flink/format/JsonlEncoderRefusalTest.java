package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that JSON lines refuse, and the longest that they do not. */
class JsonlEncoderRefusalTest {

    private static final LogicalType STRING = VarCharType.STRING_TYPE;

    private final RowType type = RowType.of(new LogicalType[] {STRING}, names("secret column"));
    private final JsonlEncoder encoder = new JsonlEncoder(ColumnBinding.identity(type));

    /** A whole line of the length, without its break. */
    private GenericRowData rowOf(int bytes) {
        return GenericRowData.of(text("s".repeat(bytes - "{\"secret column\":\"\"}".length())));
    }

    @Test
    void isLongerThanAServerReads() throws IOException {
        encoder.add(rowOf(100));
        for (int tooLong : new int[] {JsonValue.MAX_ROW + 1, 3 * JsonValue.MAX_ROW}) {
            assertThatThrownBy(() -> encoder.add(rowOf(tooLong)))
                    .isInstanceOf(RowNotEncodableException.class)
                    .hasMessageContaining("sink.format")
                    .hasMessageNotContaining("sss");
        }
        encoder.add(rowOf(200));

        assertThat(encoder.rows()).isEqualTo(2);
        assertThat(encoder.sizeInBytes()).isEqualTo(302);
        assertThat(string(encoder.seal()).split("\n"))
                .extracting(String::length)
                .containsExactly(100, 200);
    }

    @Test
    void isNotTheLongestThatAServerReads(@TempDir Path directory) throws IOException, SQLException {
        encoder.add(rowOf(JsonValue.MAX_ROW));
        Path file = directory.resolve("longest.jsonl");
        Files.writeString(file, string(encoder.seal()));

        try (DuckDb duck = new DuckDb()) {
            assertThat(
                            duck.value(
                                    "SELECT length(\"secret column\") FROM read_json("
                                            + SqlText.quoted(file.toString())
                                            + ", format = 'newline_delimited',"
                                            + " maximum_object_size = 16777216)"))
                    .isEqualTo(String.valueOf(JsonValue.MAX_ROW - 20));
        }
    }

    @Test
    void hasAMapWithANullKey() {
        Map<Object, Object> entries = new HashMap<>();
        entries.put(null, 1);
        RowType maps =
                RowType.of(
                        new LogicalType[] {new ArrayType(new MapType(STRING, new IntType()))},
                        names("m"));
        JsonlEncoder mapEncoder = new JsonlEncoder(ColumnBinding.identity(maps));
        GenericArrayData array = new GenericArrayData(new Object[] {new GenericMapData(entries)});

        assertThatThrownBy(() -> mapEncoder.add(GenericRowData.of(array)))
                .isInstanceOf(RowNotEncodableException.class)
                .hasMessage("column m[]: a map has a NULL key");
        assertThat(mapEncoder.rows()).isZero();
        assertThat(mapEncoder.sizeInBytes()).isZero();
    }

    private static String string(Chunk chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunk.writeTo(out);
        return out.toString(UTF_8);
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    private static String[] names(String... names) {
        return names;
    }
}
