package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.Connection;
import ai.altertable.flink.Credentials;
import ai.altertable.flink.TableId;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.client.QueryStream;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.flink.client.Upload;
import ai.altertable.flink.client.UploadMode;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Storage;
import ai.altertable.local.lake.DuckLake;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole way: rows are encoded, uploaded, selected and decoded again, over HTTP, with random
 * schemas. What comes back is what went in, value by value.
 */
class RoundTripITCase {

    private static final int ROWS = 40;
    private static final int SEEDS = 15;
    private static final String ORDER = "order of the rows";

    private static final List<AltertableLocal> LAKEHOUSES = new ArrayList<>();

    @BeforeAll
    static void start() {
        LAKEHOUSES.add(AltertableLocal.start());
        if (DuckLake.available()) {
            LAKEHOUSES.add(AltertableLocal.builder().storage(Storage.DUCKLAKE).start());
        } else {
            System.out.println("SKIPPED: the round trip on DuckLake, its extension is not here");
        }
    }

    @AfterAll
    static void stop() {
        LAKEHOUSES.forEach(AltertableLocal::close);
    }

    static Stream<Arguments> trips() {
        return Stream.of(ChunkFormat.values())
                .flatMap(
                        format ->
                                Stream.iterate(0L, seed -> seed + 1)
                                        .limit(Long.getLong("seeds", SEEDS))
                                        .map(seed -> Arguments.of(format, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("trips")
    void whatComesBackIsWhatWentIn(ChunkFormat format, long seed) throws Exception {
        RandomRows random = new RandomRows(seed, format == ChunkFormat.PARQUET);
        RowType type = numbered(random.rowType());
        List<RowData> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(numbered(i, (GenericRowData) random.row(withoutNumber(type))));
        }
        for (AltertableLocal lakehouse : LAKEHOUSES) {
            List<RowData> back = trip(lakehouse, type, rows, format, seed);

            assertThat(back).hasSize(ROWS);
            for (int i = 0; i < ROWS; i++) {
                assertThat(PlainValue.row(back.get(i), type))
                        .as("seed %d, row %d of %s", seed, i, type)
                        .isEqualTo(PlainValue.row(rows.get(i), type));
            }
        }
    }

    /** The server promises no order, so each row carries its own. */
    private static RowType numbered(RowType type) {
        List<RowType.RowField> fields = new ArrayList<>();
        fields.add(new RowType.RowField(ORDER, new IntType(false)));
        fields.addAll(((RowType) exact(type)).getFields());
        return new RowType(fields);
    }

    /** Random times have more digits than some types declare, and a reader cuts those. */
    private static LogicalType exact(LogicalType type) {
        boolean nullable = type.isNullable();
        return switch (type.getTypeRoot()) {
            case TIME_WITHOUT_TIME_ZONE -> new TimeType(nullable, 3);
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    new TimestampType(nullable, ((TimestampType) type).getPrecision() > 6 ? 9 : 6);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> new LocalZonedTimestampType(nullable, 6);
            case ARRAY -> new ArrayType(nullable, exact(((ArrayType) type).getElementType()));
            case MULTISET ->
                    new MultisetType(nullable, exact(((MultisetType) type).getElementType()));
            case MAP -> {
                MapType map = (MapType) type;
                yield new MapType(nullable, exact(map.getKeyType()), exact(map.getValueType()));
            }
            case ROW ->
                    new RowType(
                            nullable,
                            ((RowType) type)
                                    .getFields().stream()
                                            .map(
                                                    field ->
                                                            new RowType.RowField(
                                                                    field.getName(),
                                                                    exact(field.getType())))
                                            .toList());
            default -> type;
        };
    }

    private static RowType withoutNumber(RowType type) {
        return new RowType(type.getFields().subList(1, type.getFieldCount()));
    }

    private static RowData numbered(int number, GenericRowData row) {
        GenericRowData numbered = new GenericRowData(row.getArity() + 1);
        numbered.setField(0, number);
        for (int i = 0; i < row.getArity(); i++) {
            numbered.setField(i + 1, row.getField(i));
        }
        return numbered;
    }

    private static List<RowData> trip(
            AltertableLocal lakehouse,
            RowType type,
            List<RowData> rows,
            ChunkFormat format,
            long seed)
            throws Exception {
        TableId table = new TableId("lake", "main", "trip " + format + " \"" + seed + "\" 🚀");
        String name = SqlText.qualified(table.catalog(), table.schema(), table.table());
        List<DuckType.Field> columns = columns(type);
        ChunkEncoder encoder = encoder(format, TypeMapping.bindForWriting(type, columns, format));
        rows.forEach(encoder::add);
        Chunk chunk = encoder.seal();
        try (AltertableClient client =
                AltertableClient.open(
                        connection(lakehouse),
                        RetryPolicy.lasting(Duration.ofSeconds(30)),
                        UpsertEndpoint.AUTO,
                        ClientObserver.NONE)) {
            lakehouse.execute("CREATE TABLE " + name + " " + TypeMapping.ddl(type));
            client.upload(new Upload(table, UploadMode.APPEND, format.parameter(), chunk))
                    .get(60, TimeUnit.SECONDS);
            String sql =
                    "SELECT "
                            + String.join(", ", TypeMapping.selectItems(type, columns))
                            + " FROM "
                            + name;
            try (QueryStream answer =
                    client.query(Query.reading(table.toString(), sql)).get(60, TimeUnit.SECONDS)) {
                return inOrder(new RowDecoder(type).rows(answer));
            }
        }
    }

    private static ChunkEncoder encoder(ChunkFormat format, ColumnBinding binding) {
        return switch (format) {
            case JSONL -> new JsonlEncoder(binding);
            case PARQUET ->
                    new ParquetEncoder(binding, ParquetCodec.ZSTD, ForkJoinPool.commonPool());
        };
    }

    private static List<DuckType.Field> columns(RowType type) {
        return type.getFields().stream()
                .map(f -> DuckType.Field.of(f.getName(), ddl(f.getType())))
                .toList();
    }

    private static String ddl(LogicalType type) {
        return TypeMapping.ddl(type);
    }

    private static List<RowData> inOrder(QueryRows answer) throws IOException {
        List<RowData> rows = new ArrayList<>();
        for (RowData row = answer.next(); row != null; row = answer.next()) {
            rows.add(row);
        }
        rows.sort(Comparator.comparingInt(row -> row.getInt(0)));
        return rows;
    }

    private static Connection connection(AltertableLocal lakehouse) {
        return new Connection(
                lakehouse.url(),
                Credentials.ofPassword(
                        lakehouse.username(), lakehouse.password(), Credentials.Scheme.BASIC),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                "",
                "");
    }
}
