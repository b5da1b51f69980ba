package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.ChunkFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chunks are taken apart down to single rows; nothing is lost, moved or changed on the way. */
class ChunkSplitterTest {

    private static final int ROWS = 50;

    @TempDir private Path directory;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("seeds", 40));
    }

    private record Sample(RowType type, List<RowData> rows, ColumnBinding binding) {

        static Sample of(long seed, ChunkFormat format, int count) {
            RandomRows random = new RandomRows(seed, format == ChunkFormat.PARQUET);
            RowType type = random.rowType();
            List<RowData> rows = new ArrayList<>();
            // Rows come again, so that dictionaries are used.
            for (int i = 0; i < count; i++) {
                rows.add(i % 3 == 0 || seed % 2 == 0 ? random.row(type) : rows.get(i / 3 * 3));
            }
            return new Sample(type, rows, TypeMapping.bindForWriting(type, table(type), format));
        }
    }

    private static List<DuckType.Field> table(RowType type) {
        return type.getFields().stream()
                .map(field -> DuckType.Field.of(field.getName(), TypeMapping.ddl(field.getType())))
                .toList();
    }

    private static Chunk seal(ChunkEncoder encoder, List<RowData> rows) {
        rows.forEach(encoder::add);
        return encoder.seal();
    }

    /** Down to chunks of so many rows. */
    private static List<Chunk> parts(ChunkSplitter splitter, Chunk chunk, int rows) {
        if (chunk.rows() <= rows) {
            return List.of(chunk);
        }
        List<Chunk> halves = splitter.halves(chunk);
        assertThat(halves).hasSize(2);
        assertThat(halves.get(0).rows() - halves.get(1).rows()).isBetween(0, 1);
        assertThat(halves.get(0).rows() + halves.get(1).rows()).isEqualTo(chunk.rows());
        chunk.release();
        List<Chunk> parts = new ArrayList<>();
        halves.forEach(half -> parts.addAll(parts(splitter, half, rows)));
        return parts;
    }

    private static byte[] bytes(Chunk chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunk.writeTo(out);
        return out.toByteArray();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parquetPartsHoldWhatTheChunkHeld(long seed) throws Exception {
        Sample sample = Sample.of(seed, ChunkFormat.PARQUET, ROWS);
        Random settings = new Random(seed);
        ParquetCodec codec = ParquetCodec.values()[settings.nextInt(3)];
        int pageRows = settings.nextBoolean() ? 1 + settings.nextInt(20) : ROWS;
        ChunkSplitter splitter = new ChunkSplitter(sample.binding(), codec);
        Chunk chunk =
                seal(
                        new ParquetEncoder(sample.binding(), codec, Runnable::run, pageRows),
                        sample.rows());

        List<Chunk> parts = parts(splitter, chunk, settings.nextBoolean() ? 1 : 7);

        ParquetFiles files = new ParquetFiles(directory);
        String all = parts.stream().map(files::write).collect(Collectors.joining(", ", "[", "]"));
        String items =
                String.join(", ", TypeMapping.selectItems(sample.type(), table(sample.type())));
        try (DuckDb duck = new DuckDb()) {
            List<List<Object>> stored =
                    duck.selected(
                            "SELECT " + items + " FROM read_parquet(" + all + ")", sample.type());
            assertThat(stored).hasSize(ROWS);
            for (int i = 0; i < ROWS; i++) {
                assertThat(stored.get(i))
                        .as("seed %d, row %d of %s", seed, i, sample.type())
                        .isEqualTo(PlainValue.row(sample.rows().get(i), sample.type()));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void jsonlPartsAreTheBytesOfTheChunk(long seed) throws IOException {
        Sample sample = Sample.of(seed, ChunkFormat.JSONL, ROWS);
        ChunkSplitter splitter = new ChunkSplitter(sample.binding(), ParquetCodec.NONE);
        Chunk chunk = seal(new JsonlEncoder(sample.binding()), sample.rows());
        byte[] whole = bytes(chunk);

        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Chunk part : parts(splitter, chunk, 1)) {
            assertThat(part.format()).isEqualTo(ChunkFormat.JSONL);
            byte[] line = bytes(part);
            assertThat(splitter.json(part) + "\n").isEqualTo(new String(line, "UTF-8"));
            joined.write(line);
        }
        assertThat(joined.toByteArray()).isEqualTo(whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRowOfParquetLooksAsItDoesInJsonl(long seed) throws IOException {
        Sample sample = Sample.of(seed, ChunkFormat.JSONL, 10);
        ChunkSplitter splitter = new ChunkSplitter(sample.binding(), ParquetCodec.SNAPPY);
        for (RowData row : sample.rows()) {
            String line = splitter.json(seal(new JsonlEncoder(sample.binding()), List.of(row)));
            Chunk chunk =
                    seal(new ParquetEncoder(sample.binding(), ParquetCodec.SNAPPY), List.of(row));

            assertThat(tokens(splitter.json(chunk)))
                    .as("seed %d, %s", seed, sample.type())
                    .isEqualTo(tokens(line));
        }
    }

    /** What stands in the text, whatever way it is written in. */
    private static List<String> tokens(String json) throws IOException {
        List<String> tokens = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                String text = parser.getText();
                // The same time with more zeros.
                boolean isTime = text.matches("(.* )?\\d\\d:\\d\\d:\\d\\d\\.\\d+Z?");
                tokens.add(
                        parser.currentToken()
                                + " "
                                + (isTime ? text.replaceAll("\\.?0*(Z?)$", "$1") : text));
            }
        }
        return tokens;
    }

    private static String jsonOf(RowType type, RowData row) {
        ColumnBinding binding = ColumnBinding.identity(type);
        return new ChunkSplitter(binding, ParquetCodec.NONE)
                .json(seal(new ParquetEncoder(binding, ParquetCodec.NONE), List.of(row)));
    }

    @Test
    void showsWhatJsonlCannotHold() {
        RowType key = RowType.of(new LogicalType[] {new IntType()}, new String[] {"k"});
        RowType type =
                RowType.of(
                        new LogicalType[] {
                            new VarBinaryType(VarBinaryType.MAX_LENGTH),
                            new MapType(key, new ArrayType(new VarBinaryType(9))),
                            new MultisetType(new VarBinaryType(9)),
                        },
                        new String[] {"b \"", "m", "s"});
        Map<Object, Object> entries = new LinkedHashMap<>();
        byte[] bytes = {0, (byte) 0xff};
        entries.put(GenericRowData.of(1), new GenericArrayData(new Object[] {bytes, null}));
        entries.put(GenericRowData.of((Object) null), null);
        Map<Object, Object> counts = new LinkedHashMap<>();
        counts.put(bytes, 1);
        counts.put(bytes.clone(), 2);

        assertThat(
                        jsonOf(
                                type,
                                GenericRowData.of(
                                        bytes,
                                        new GenericMapData(entries),
                                        new GenericMapData(counts))))
                .isEqualTo(
                        "{\"b \\\"\":\"00FF\",\"m\":[{\"key\":{\"k\":1},\"value\":[\"00FF\",null]},"
                                + "{\"key\":{\"k\":null},\"value\":null}],"
                                // A server would refuse a key that comes twice: to be seen here.
                                + "\"s\":{\"00FF\":1,\"00FF\":2}}");
    }

    @Test
    void holdsManyPagesOfEveryEncoding() throws Exception {
        RowType type =
                RowType.of(
                        new LogicalType[] {
                            new BigIntType(),
                            new IntType(),
                            new DoubleType(),
                            VarCharType.STRING_TYPE,
                            VarCharType.STRING_TYPE,
                            new DecimalType(38, 2),
                            new ArrayType(new IntType()),
                        },
                        new String[] {"id", "few", "d", "text", "word", "price", "list"});
        ColumnBinding binding = ColumnBinding.identity(type);
        ParquetEncoder encoder = new ParquetEncoder(binding, ParquetCodec.ZSTD);
        int count = 200_001;
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            GenericRowData row = new GenericRowData(type.getFieldCount());
            row.setField(0, (long) i);
            row.setField(1, i % 97 == 0 ? null : i % 7);
            row.setField(2, i * 0.25);
            row.setField(3, StringData.fromString("text " + random.nextLong()));
            row.setField(4, StringData.fromString("word " + random.nextInt(100)));
            row.setField(5, DecimalData.fromBigDecimal(BigDecimal.valueOf(-i, 2), 38, 2));
            row.setField(6, new GenericArrayData(new int[] {i, -i}));
            encoder.add(row);
        }
        ParquetFiles files = new ParquetFiles(directory);
        Chunk chunk = encoder.seal();
        ChunkSplitter splitter = new ChunkSplitter(binding, ParquetCodec.ZSTD);
        List<Chunk> halves = splitter.halves(chunk);

        assertThat(halves.get(0).sizeInBytes() + halves.get(1).sizeInBytes())
                .isLessThan(chunk.sizeInBytes() * 11 / 10);
        String whole = files.read(chunk);
        List<String> parts = new ArrayList<>();
        for (Chunk half : halves) {
            parts(splitter, half, 30_000).forEach(part -> parts.add(files.write(part)));
        }
        try (DuckDb duck = new DuckDb()) {
            String numbered = "SELECT row_number() OVER () AS n, * FROM ";
            duck.execute("CREATE TABLE a AS " + numbered + whole);
            duck.execute(
                    "CREATE TABLE b AS "
                            + numbered
                            + "read_parquet(["
                            + String.join(", ", parts)
                            + "])");
            assertThat(duck.value("SELECT count(*) FROM (FROM a INTERSECT ALL FROM b)"))
                    .isEqualTo(String.valueOf(count));
            assertThat(duck.value("SELECT count(*) FROM b")).isEqualTo(String.valueOf(count));
        }
    }

    @ParameterizedTest
    @EnumSource(ChunkFormat.class)
    void refusesWhatItCannotDo(ChunkFormat format) {
        RowType type = RowType.of(new IntType());
        ColumnBinding binding = ColumnBinding.identity(type);
        ChunkSplitter splitter = new ChunkSplitter(binding, ParquetCodec.ZSTD);
        ChunkEncoder encoder =
                format == ChunkFormat.JSONL
                        ? new JsonlEncoder(binding)
                        : new ParquetEncoder(binding, ParquetCodec.ZSTD);
        Chunk one = seal(encoder, List.of(GenericRowData.of(1)));
        Chunk two = seal(encoder, List.of(GenericRowData.of(1), GenericRowData.of(2)));

        assertThatThrownBy(() -> splitter.halves(one)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> splitter.json(two)).isInstanceOf(IllegalArgumentException.class);
        one.release();
        assertThatThrownBy(() -> splitter.json(one)).isInstanceOf(IllegalStateException.class);
    }
}
