package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.ChunkFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.*;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetEncoderTest {

    private static final LogicalType STRING = VarCharType.STRING_TYPE;

    @TempDir private Path directory;
    private ParquetFiles files;
    private DuckDb duck;

    @BeforeEach
    void open() throws SQLException {
        duck = new DuckDb();
        files = new ParquetFiles(directory);
    }

    @AfterEach
    void close() throws SQLException {
        duck.close();
    }

    @Nested
    class AFile {

        @Test
        void annotatesItsColumnsAsTheContractSays() throws SQLException {
            RowType type =
                    RowType.of(
                            new LogicalType[] {
                                new TinyIntType(),
                                new SmallIntType(),
                                new IntType(),
                                new DecimalType(9, 2),
                                new DecimalType(18, 2),
                                new DecimalType(19, 2),
                                new DecimalType(38, 2),
                                STRING,
                                new VarBinaryType(VarBinaryType.MAX_LENGTH),
                                new DateType(),
                                new TimeType(3),
                                new TimestampType(6),
                                new TimestampType(9),
                                new LocalZonedTimestampType(6)
                            },
                            "i8 i16 i32 d9 d18 d19 d38 text bytes date time ts ns ltz".split(" "));
            String file = files.write(encoder(type).seal());

            assertThat(
                            duck.rows(
                                    "SELECT name, type, type_length, repetition_type,"
                                        + " converted_type, CASE WHEN converted_type LIKE 'INT%'"
                                        + " THEN NULL ELSE regexp_replace(logical_type, '<null>',"
                                        + " '', 'g') END FROM parquet_schema("
                                            + file
                                            + ") WHERE name <> 'row'"))
                    .extracting(row -> String.join(" ", row.stream().map(String::valueOf).toList()))
                    .containsExactly(
                            "i8 INT32 null OPTIONAL INT_8 null",
                            "i16 INT32 null OPTIONAL INT_16 null",
                            "i32 INT32 null OPTIONAL null null",
                            "d9 INT32 null OPTIONAL DECIMAL DecimalType(scale=2, precision=9)",
                            "d18 INT64 null OPTIONAL DECIMAL DecimalType(scale=2, precision=18)",
                            "d19 FIXED_LEN_BYTE_ARRAY 9 OPTIONAL DECIMAL DecimalType(scale=2,"
                                    + " precision=19)",
                            "d38 FIXED_LEN_BYTE_ARRAY 16 OPTIONAL DECIMAL DecimalType(scale=2,"
                                    + " precision=38)",
                            "text BYTE_ARRAY null OPTIONAL UTF8 StringType()",
                            "bytes BYTE_ARRAY null OPTIONAL null null",
                            "date INT32 null OPTIONAL DATE DateType()",
                            "time INT64 null OPTIONAL null TimeType(isAdjustedToUTC=0,"
                                    + " unit=TimeUnit(MILLIS=, MICROS=MicroSeconds(), NANOS=))",
                            "ts INT64 null OPTIONAL null TimestampType(isAdjustedToUTC=0,"
                                    + " unit=TimeUnit(MILLIS=, MICROS=MicroSeconds(), NANOS=))",
                            "ns INT64 null OPTIONAL null TimestampType(isAdjustedToUTC=0,"
                                    + " unit=TimeUnit(MILLIS=, MICROS=, NANOS=NanoSeconds()))",
                            "ltz INT64 null OPTIONAL TIMESTAMP_MICROS"
                                    + " TimestampType(isAdjustedToUTC=1, unit=TimeUnit(MILLIS=,"
                                    + " MICROS=MicroSeconds(), NANOS=))");
        }

        @Test
        void hasThreeLevelsForAListAndForAMap() throws SQLException {
            RowType type =
                    RowType.of(
                            new LogicalType[] {
                                new ArrayType(new IntType()), new MapType(STRING, new IntType())
                            },
                            new String[] {"l", "m"});

            assertThat(
                            duck.rows(
                                    "SELECT name, repetition_type, num_children FROM"
                                            + " parquet_schema("
                                            + files.write(encoder(type).seal())
                                            + ")"))
                    .extracting(row -> String.join(" ", row.stream().map(String::valueOf).toList()))
                    .containsExactly(
                            "row null 2",
                            "l OPTIONAL 1",
                            "list REPEATED 1",
                            "element OPTIONAL null",
                            "m OPTIONAL 1",
                            "key_value REPEATED 2",
                            "key REQUIRED null",
                            "value OPTIONAL null");
        }

        @Test
        void takesNamesAndOrderFromTheTable() throws SQLException {
            RowType columns =
                    RowType.of(new LogicalType[] {STRING, new IntType()}, new String[] {"B", "A"});
            ParquetEncoder encoder =
                    new ParquetEncoder(
                            new ColumnBinding(columns, new int[] {2, 0}), ParquetCodec.ZSTD);
            encoder.add(GenericRowData.of(7, "unused", text("b")));

            assertThat(duck.rows("SELECT \"B\", \"A\" FROM " + files.read(encoder.seal())))
                    .containsExactly(List.of("b", "7"));
        }

        @Test
        void mayHaveNoRows() throws SQLException {
            String file = files.read(encoder(rowOf(new BigIntType(), STRING)).seal());

            assertThat(duck.value("SELECT count(*) FROM " + file)).isEqualTo("0");
            assertThat(duck.rows("DESCRIBE FROM " + file)).hasSize(2);
        }

        @Test
        void isWholeBetweenItsMagicWords() throws IOException {
            ParquetEncoder encoder = encoder(rowOf(new BigIntType()));
            encoder.add(GenericRowData.of(1L));
            Chunk chunk = encoder.seal();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            chunk.writeTo(out);

            assertThat(out.size()).isEqualTo((int) chunk.sizeInBytes());
            assertThat(out.toString(US_ASCII)).startsWith("PAR1").endsWith("PAR1");
            assertThat(chunk.rows()).isEqualTo(1);
            assertThat(chunk.format()).isEqualTo(ChunkFormat.PARQUET);
        }

        @ParameterizedTest
        @EnumSource
        void isCompressedAsTheCodecSays(ParquetCodec codec) throws SQLException {
            RowType type = rowOf(STRING);
            ParquetEncoder encoder = new ParquetEncoder(ColumnBinding.identity(type), codec);
            for (int i = 0; i < 5_000; i++) {
                encoder.add(GenericRowData.of(text("much the same text " + i)));
            }
            Chunk chunk = encoder.seal();
            long size = chunk.sizeInBytes();
            String file = files.write(chunk);

            assertThat(duck.value("SELECT compression FROM parquet_metadata(" + file + ")"))
                    .isEqualTo(codec == ParquetCodec.NONE ? "UNCOMPRESSED" : codec.name());
            assertThat(duck.value("SELECT count(DISTINCT f0) FROM read_parquet(" + file + ")"))
                    .isEqualTo("5000");
            assertThat(size).isLessThan(codec == ParquetCodec.NONE ? 130_000 : 40_000);
        }
    }

    @Nested
    class Pages {

        /** Around the sizes of groups and blocks in the encodings. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 7, 8, 9, 31, 32, 33, 34, 127, 128, 129, 130, 161, 257, 4097})
        void holdNumbersThatLeapFromEndToEnd(int count) throws SQLException {
            Random random = new Random(count);
            List<Long> longs = new ArrayList<>();
            List<Integer> ints = new ArrayList<>();
            ParquetEncoder encoder = encoder(rowOf(new BigIntType(), new IntType()));
            for (int i = 0; i < count; i++) {
                longs.add(i % 2 == 0 ? Long.MIN_VALUE : random.nextLong() | Long.MAX_VALUE >> i);
                ints.add(i % 2 == 0 ? Integer.MAX_VALUE : random.nextInt() & Integer.MIN_VALUE);
                encoder.add(GenericRowData.of(longs.get(i), ints.get(i)));
            }
            String file = files.write(encoder.seal());

            List<List<String>> rows = duck.rows("SELECT * FROM read_parquet(" + file + ")");
            for (int i = 0; i < count; i++) {
                assertThat(rows.get(i))
                        .containsExactly(longs.get(i).toString(), ints.get(i).toString());
            }
            assertThat(
                            duck.rows(
                                    "SELECT stats_min_value, stats_max_value, stats_null_count FROM"
                                            + " parquet_metadata("
                                            + file
                                            + ") ORDER BY column_id"))
                    .containsExactly(
                            List.of(
                                    Collections.min(longs).toString(),
                                    Collections.max(longs).toString(),
                                    "0"),
                            List.of(
                                    Collections.min(ints).toString(),
                                    Collections.max(ints).toString(),
                                    "0"));
        }

        /** Dictionaries that stay, that grow too large on the way, and that never pay. */
        @Test
        void holdAMillionRows() throws SQLException {
            RowType type =
                    rowOf(
                            new BigIntType(),
                            STRING,
                            new IntType(),
                            STRING,
                            new BigIntType(),
                            STRING,
                            new DoubleType(),
                            new DecimalType(30, 3));
            ParquetEncoder encoder = encoder(type);
            for (int i = 0; i < 1_000_000; i++) {
                // The first rows repeat, the later ones do not.
                int late = i < 50_000 ? i % 100 : i;
                encoder.add(
                        GenericRowData.of(
                                (long) i,
                                text("text " + i),
                                i % 7,
                                i % 5 == 0 ? null : text("one of " + i % 1000),
                                (long) late * 1_000_003,
                                text("late " + late),
                                i % 3 / 2.0,
                                DecimalData.fromUnscaledBytes(
                                        java.math.BigInteger.valueOf(late).toByteArray(), 30, 3)));
            }

            duck.execute("CREATE TABLE t AS FROM " + files.read(encoder.seal()));

            String late = "CASE WHEN f0 < 50000 THEN f0 % 100 ELSE f0 END";
            assertThat(
                            duck.rows(
                                    "SELECT count(*), count(DISTINCT f0), min(f0), max(f0),"
                                            + " count(*) FILTER (f1 = 'text ' || f0),"
                                            + " count(*) FILTER (f2 = f0 % 7),"
                                            + " count(*) FILTER (f3 IS NOT DISTINCT FROM CASE WHEN"
                                            + " f0 % 5 > 0 THEN 'one of ' || f0 % 1000 END),"
                                            + " count(*) FILTER (f4 = ("
                                            + late
                                            + ") * 1000003),"
                                            + " count(*) FILTER (f5 = 'late ' || ("
                                            + late
                                            + ")),"
                                            + " count(*) FILTER (f6 = f0 % 3 / 2.0),"
                                            + " count(*) FILTER (f7 * 1000 = "
                                            + late
                                            + ") FROM t"))
                    .containsExactly(
                            List.of(
                                    "1000000", "1000000", "0", "999999", "1000000", "1000000",
                                    "1000000", "1000000", "1000000", "1000000", "1000000"));
        }
    }

    @Nested
    class Chunks {

        @Test
        void followOneAnotherFromOneEncoder() throws SQLException {
            ParquetEncoder encoder = encoder(rowOf(new BigIntType(), STRING));
            for (int chunk = 0; chunk < 5; chunk++) {
                int count = 1 + chunk * 40_000;
                for (int i = 0; i < count; i++) {
                    encoder.add(GenericRowData.of((long) i, text(chunk + " and " + i % 10)));
                }
                assertThat(encoder.rows()).isEqualTo(count);
                String file = files.read(encoder.seal());

                assertThat(encoder.rows()).isZero();
                assertThat(
                                duck.rows(
                                        "SELECT count(*), count(DISTINCT f0), count(*) FILTER (f1 ="
                                                + chunk
                                                + " || ' and ' || f0 % 10) FROM "
                                                + file))
                        .containsExactly(Collections.nCopies(3, String.valueOf(count)));
            }
        }

        @Test
        void areEmptyWhenSealedTwice() throws SQLException {
            ParquetEncoder encoder = encoder(rowOf(new BigIntType()));
            encoder.add(GenericRowData.of(1L));
            Chunk first = encoder.seal();
            Chunk second = encoder.seal();

            assertThat(second.rows()).isZero();
            assertThat(duck.value("SELECT count(*) FROM " + files.read(first))).isEqualTo("1");
            assertThat(duck.value("SELECT count(*) FROM " + files.read(second))).isEqualTo("0");
        }

        @Test
        void beginAnewAfterClose() throws SQLException {
            ParquetEncoder encoder = encoder(rowOf(new BigIntType(), STRING));
            for (long i = 0; i < 100_000; i++) {
                encoder.add(GenericRowData.of(i, text("dropped")));
            }
            encoder.close();
            encoder.add(GenericRowData.of(1L, text("kept")));

            assertThat(duck.rows("FROM " + files.read(encoder.seal())))
                    .containsExactly(List.of("1", "kept"));
        }
    }

    @Nested
    class ARefusedRow {

        @Test
        void leavesTheOpenChunkAsItWas() throws SQLException {
            RowType type =
                    rowOf(
                            STRING,
                            new ArrayType(new IntType()),
                            new IntType(),
                            new MapType(STRING, new IntType()),
                            STRING);
            ParquetEncoder encoder = encoder(type);
            GenericMapData noKey = new GenericMapData(Collections.singletonMap(null, 1));
            GenericMapData map = new GenericMapData(Collections.singletonMap(text("k"), 1));
            for (int i = 0; i < 100; i++) {
                GenericArrayData list = new GenericArrayData(new Integer[] {i, null, i + 1});
                encoder.add(
                        GenericRowData.of(text("a" + i), list, i % 2 == 0 ? i : null, map, null));
                assertThatThrownBy(
                                () ->
                                        encoder.add(
                                                GenericRowData.of(
                                                        null, list, null, noKey, text("z"))))
                        .isInstanceOf(RowNotEncodableException.class)
                        .hasMessage("f3.key_value.key: the key of a map is NULL");
            }

            assertThat(encoder.rows()).isEqualTo(100);
            duck.execute("CREATE TABLE t AS FROM " + files.read(encoder.seal()));
            assertThat(
                            duck.value(
                                    "SELECT count(*) FILTER (f0 = 'a' || f1[1] AND f1[2] IS NULL"
                                        + " AND f1[3] = f1[1] + 1 AND f3 = MAP {'k': 1} AND f4 IS"
                                        + " NULL AND f2 IS NOT DISTINCT FROM CASE WHEN f1[1] % 2 ="
                                        + " 0 THEN f1[1] END) FROM t"))
                    .isEqualTo("100");
        }

        @Test
        void isOneWhoseTimestampNanosecondsCannotCount() {
            ParquetEncoder encoder = encoder(rowOf(new TimestampType(9)));

            assertThatThrownBy(
                            () ->
                                    encoder.add(
                                            GenericRowData.of(
                                                    TimestampData.fromEpochMillis(
                                                            -62_135_596_800_000L))))
                    .isInstanceOf(RowNotEncodableException.class)
                    .hasMessageContaining("f0")
                    .hasMessageContaining("TIMESTAMP(6)");
            assertThat(encoder.rows()).isZero();
        }
    }

    /** Pages that are written when the test says so. */
    @Nested
    class AnotherThread {

        private static final int PAGE = 10;

        private final Deque<Runnable> held = new ArrayDeque<>();
        private final ParquetEncoder encoder =
                new ParquetEncoder(
                        ColumnBinding.identity(
                                rowOf(new BigIntType(), STRING, new ArrayType(STRING))),
                        ParquetCodec.ZSTD,
                        held::add,
                        PAGE);

        @Test
        void writesABatchWhileTheNextOneGathers() throws SQLException {
            add(0, PAGE + 5);
            assertThatThrownBy(() -> encoder.add(GenericRowData.of(99L, 99, null)))
                    .isInstanceOf(ClassCastException.class);
            add(PAGE + 5, PAGE + 8);
            assertThat(held).as("a full batch").hasSize(1);
            runElsewhere();

            String file = files.read(encoder.seal());

            assertThat(held).as("the last batch is the caller's").isEmpty();
            assertThat(
                            duck.value(
                                    "SELECT count(*) FILTER (f2 = ['element ' || f0] AND f1 IS NOT"
                                            + " DISTINCT FROM if(f0 % 3 = 0, NULL, 'text ' || f0))"
                                            + " || ' of ' || count(DISTINCT f0) FROM "
                                            + file))
                    .isEqualTo("18 of 18");
        }

        @Test
        void isWaitedForByTheOneWhoSeals() throws Exception {
            add(0, PAGE + 1);
            CompletableFuture<Chunk> sealed = CompletableFuture.supplyAsync(encoder::seal);
            assertThatThrownBy(() -> sealed.get(100, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);

            runElsewhere();

            assertThat(sealed.get(10, TimeUnit.SECONDS).rows()).isEqualTo(PAGE + 1);
        }

        private void add(int from, int to) {
            for (long i = from; i < to; i++) {
                encoder.add(
                        GenericRowData.of(
                                i,
                                i % 3 == 0 ? null : text("text " + i),
                                new GenericArrayData(new Object[] {text("element " + i)})));
            }
        }

        private void runElsewhere() {
            CompletableFuture.runAsync(held.remove()).join();
        }
    }

    private static ParquetEncoder encoder(RowType type) {
        return new ParquetEncoder(ColumnBinding.identity(type), ParquetCodec.ZSTD);
    }

    private static RowType rowOf(LogicalType... types) {
        return RowType.of(types);
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }
}
