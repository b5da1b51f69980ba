package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.ChunkFormat;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is encoded is what DuckDB holds, for random schemas and rows: value by value, exactly. */
class ParquetEncoderDuckDbTest {

    private static final int ROWS = 150;

    @TempDir private Path directory;

    static LongStream seeds() {
        // Another range on the command line looks further: -Dseeds=1000.
        return LongStream.range(0, Long.getLong("seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdsWhatWasEncoded(long seed) throws SQLException {
        RandomRows random = new RandomRows(seed, true).withLargeTexts();
        RowType type = random.rowType();
        List<RowData> rows = new ArrayList<>();
        // Rows come again, so that dictionaries are used.
        for (int i = 0; i < ROWS; i++) {
            rows.add(i % 3 == 0 || seed % 2 == 0 ? random.row(type) : rows.get(i / 3 * 3));
        }
        Random settings = new Random(seed);
        ParquetCodec codec = ParquetCodec.values()[settings.nextInt(3)];
        int pageRows = settings.nextBoolean() ? 1 + settings.nextInt(40) : ROWS;

        String file = encoded(type, rows, codec, pageRows);

        try (DuckDb duck = new DuckDb()) {
            // Whatever the server's time zone is.
            duck.execute("SET TimeZone = 'Asia/Kathmandu'");
            assertThat(columnTypes(duck, "FROM " + file))
                    .as("seed %d, types of %s", seed, type)
                    .isEqualTo(columnTypes(duck, emptyTable(duck, type)));
            String items = String.join(", ", TypeMapping.selectItems(type, table(type)));
            compare(duck.selected("SELECT " + items + " FROM " + file, type), rows, type, seed);
            duck.execute("INSERT INTO t BY NAME SELECT * FROM " + file);
            compare(duck.selected("SELECT " + items + " FROM t", type), rows, type, seed);
        }
    }

    private static void compare(
            List<List<Object>> stored, List<RowData> rows, RowType type, long seed) {
        assertThat(stored).as("seed %d", seed).hasSize(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(stored.get(i))
                    .as("seed %d, row %d of %s", seed, i, type)
                    .isEqualTo(PlainValue.row(rows.get(i), type));
        }
    }

    private String encoded(RowType type, List<RowData> rows, ParquetCodec codec, int pageRows) {
        ColumnBinding binding = TypeMapping.bindForWriting(type, table(type), ChunkFormat.PARQUET);
        ParquetEncoder encoder =
                new ParquetEncoder(binding, codec, ForkJoinPool.commonPool(), pageRows);
        rows.forEach(encoder::add);
        return new ParquetFiles(directory).read(encoder.seal());
    }

    private static List<DuckType.Field> table(RowType type) {
        return type.getFields().stream()
                .map(field -> DuckType.Field.of(field.getName(), TypeMapping.ddl(field.getType())))
                .toList();
    }

    private static String emptyTable(DuckDb duck, RowType type) throws SQLException {
        duck.execute("CREATE TABLE t " + TypeMapping.ddl(type));
        return "FROM t";
    }

    private static List<List<String>> columnTypes(DuckDb duck, String from) throws SQLException {
        return duck.rows("SELECT column_name, column_type FROM (DESCRIBE " + from + ")");
    }
}
