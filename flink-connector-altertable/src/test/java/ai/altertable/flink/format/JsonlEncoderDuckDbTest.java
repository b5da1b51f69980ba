package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.ChunkFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is encoded is what DuckDB holds, for random schemas and rows: value by value, exactly. */
class JsonlEncoderDuckDbTest {

    private static final int ROWS = 60;

    @TempDir private Path directory;

    static LongStream seeds() {
        // Another range on the command line looks further: -Dseeds=1000.
        return LongStream.range(0, Long.getLong("seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdsWhatWasEncoded(long seed) throws Exception {
        RandomRows random = new RandomRows(seed, false).withLargeTexts();
        RowType type = random.rowType();
        List<RowData> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(random.row(type));
        }

        List<List<Object>> stored = throughDuckDb(type, rows);

        assertThat(stored).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(stored.get(i))
                    .as("seed %d, row %d of %s", seed, i, type)
                    .isEqualTo(PlainValue.row(rows.get(i), type));
        }
    }

    private List<List<Object>> throughDuckDb(RowType type, List<RowData> rows)
            throws SQLException, IOException {
        List<DuckType.Field> table =
                type.getFields().stream()
                        .map(
                                field ->
                                        DuckType.Field.of(
                                                field.getName(), TypeMapping.ddl(field.getType())))
                        .toList();
        JsonlEncoder encoder =
                new JsonlEncoder(TypeMapping.bindForWriting(type, table, ChunkFormat.JSONL));
        rows.forEach(encoder::add);
        Path file = directory.resolve("rows.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            encoder.seal().writeTo(out);
        }
        try (DuckDb duck = new DuckDb()) {
            // Whatever the server's time zone is.
            duck.execute("SET TimeZone = 'Asia/Kathmandu'");
            duck.execute("CREATE TABLE t " + TypeMapping.ddl(type));
            duck.execute("INSERT INTO t SELECT * FROM " + readJson(file, table));
            String items = String.join(", ", TypeMapping.selectItems(type, table));
            return duck.selected("SELECT " + items + " FROM t", type);
        }
    }

    private static String readJson(Path file, List<DuckType.Field> table) {
        String columns =
                table.stream()
                        .map(
                                column ->
                                        SqlText.quoted(column.name())
                                                + ": "
                                                + SqlText.quoted(column.type().ddl()))
                        .collect(Collectors.joining(", ", "{", "}"));
        return "read_json("
                + SqlText.quoted(file.toString())
                + ", format = 'newline_delimited', maximum_object_size = 16777216, columns = "
                + columns
                + ")";
    }
}
