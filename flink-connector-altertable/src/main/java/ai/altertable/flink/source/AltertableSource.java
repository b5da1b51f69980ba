package ai.altertable.flink.source;

import ai.altertable.flink.Connection;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.flink.format.FromRow;
import ai.altertable.flink.format.ObjectMapping;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Reads a table or a query of a lakehouse, each row once, and ends.
 *
 * <h2>Splits</h2>
 *
 * <p>The scan is divided once, when the job starts, and the splits go to the readers as they ask. A
 * split is fetched whole and then emitted in one step, so there is no position inside it, and rows
 * come in no order.
 *
 * <h2>Exactness</h2>
 *
 * <p>Every row is emitted exactly once in what a checkpoint sees, through failures. Where the
 * lakehouse has snapshots, all splits read one; where it has none, each split is exact in itself.
 *
 * @param <T> what is made of the rows: Flink's Row or RowData, a POJO, a record
 */
public final class AltertableSource<T>
        implements Source<T, QuerySplit, ScanProgress>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    /** How long a request that fails for a while is tried again; then Flink starts over. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Connection connection;
    private final Scan scan;
    private final ScanSettings settings;
    private final FromRow<T> mapping;
    private final TypeInformation<T> producedType;

    /** Use a builder, unless you are a table. */
    public AltertableSource(
            Connection connection,
            Scan scan,
            ScanSettings settings,
            FromRow<T> mapping,
            TypeInformation<T> producedType) {
        this.connection = connection;
        this.scan = scan;
        this.settings = settings;
        this.mapping = mapping;
        this.producedType = producedType;
    }

    /** A source of objects whose members are the columns: a POJO or a record. */
    public static <T> AltertableSourceBuilder<T> builder(Class<T> type) {
        return builder(type, ObjectMapping.rowType(type));
    }

    /** A source of these columns as Flink's Row or RowData, as POJOs or records. */
    public static <T> AltertableSourceBuilder<T> builder(Class<T> type, RowType columns) {
        if (type == RowData.class) {
            return builder(
                    columns, row -> type.cast(row), InternalTypeInfo.<T>of((LogicalType) columns));
        }
        return builder(
                columns,
                ObjectMapping.fromRow(type, columns),
                ObjectMapping.typeInformation(type, columns));
    }

    /** A source of whatever a function makes of the rows. */
    public static <T> AltertableSourceBuilder<T> builder(
            RowType columns, FromRow<T> mapping, TypeInformation<T> producedType) {
        return new AltertableSourceBuilder<>(columns, mapping, producedType);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<QuerySplit, ScanProgress> createEnumerator(
            SplitEnumeratorContext<QuerySplit> context) {
        return restoreEnumerator(context, ScanProgress.UNPLANNED);
    }

    @Override
    public SplitEnumerator<QuerySplit, ScanProgress> restoreEnumerator(
            SplitEnumeratorContext<QuerySplit> context, ScanProgress progress) {
        int readers = context.currentParallelism();
        return new SplitEnumeration(
                context,
                progress,
                new ScanPlanning(this::open, client -> planner(client, readers).plan()));
    }

    private SplitPlanner planner(AltertableClient client, int readers) {
        return new SplitPlanner(new Questions(client, scan.about()), scan, settings, readers);
    }

    @Override
    public SourceReader<T, QuerySplit> createReader(SourceReaderContext context) {
        RowType rowType = ScanSql.decodedType(scan);
        SourceMetrics metrics = new SourceMetrics(context.metricGroup());
        SplitDownloads downloads =
                new SplitDownloads(
                        open(),
                        scan.about(),
                        rowType,
                        settings.maxSplitSize().getBytes(),
                        SpillFolder.of(context.getConfiguration()),
                        new SplitBlocks());
        return new AltertableSourceReader<>(
                context,
                downloads,
                new SplitEmission<>(rowType, emptyIfWithoutColumns(), metrics),
                metrics,
                scan.limit());
    }

    /** What was read to tell rows from each other is no column of them. */
    private FromRow<T> emptyIfWithoutColumns() {
        return scan.rowType().getFieldCount() == 0
                ? row -> mapping.fromRow(new GenericRowData(0))
                : mapping;
    }

    private AltertableClient open() {
        return AltertableClient.open(
                connection,
                RetryPolicy.lasting(PATIENCE),
                UpsertEndpoint.AUTO,
                ClientObserver.NONE);
    }

    @Override
    public SimpleVersionedSerializer<QuerySplit> getSplitSerializer() {
        return new QuerySplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<ScanProgress> getEnumeratorCheckpointSerializer() {
        return new ScanProgressSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return producedType;
    }
}
