package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.testframe.environment.TestEnvironment;
import org.apache.flink.connector.testframe.environment.TestEnvironmentSettings;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SinkTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** What Flink asks of every sink. */
class FlinkSinkSuiteITCase extends SinkTestSuiteBase<String> {

    private static final RowType COLUMNS = RowType.of(new VarCharType(VarCharType.MAX_LENGTH));

    @TestSemantics private final CheckpointingMode[] semantics = {CheckpointingMode.AT_LEAST_ONCE};

    @TestEnv private final Cluster cluster = new Cluster();

    @TestContext
    private final ExternalContextFactory<Lakehouse> lakehouses = name -> new Lakehouse();

    /** A cluster in this process. */
    private static final class Cluster implements TestEnvironment {

        private static final int SLOTS = 6;

        private LocalCluster cluster;
        private Path checkpoints;

        @Override
        public void startUp() throws Exception {
            Configuration configuration = new Configuration();
            configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(500));
            cluster = LocalCluster.start(SLOTS, configuration);
            checkpoints = Files.createTempDirectory("checkpoints");
        }

        @Override
        public void tearDown() throws Exception {
            cluster.stop();
        }

        @Override
        public StreamExecutionEnvironment createExecutionEnvironment(
                TestEnvironmentSettings settings) {
            Configuration configuration = new Configuration();
            if (settings.getSavepointRestorePath() != null) {
                configuration.set(
                        StateRecoveryOptions.SAVEPOINT_PATH, settings.getSavepointRestorePath());
            }
            return cluster.environment(SLOTS, configuration);
        }

        @Override
        public Endpoint getRestEndpoint() {
            try {
                URI address = cluster.restAddress();
                return new Endpoint(address.getHost(), address.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String getCheckpointUri() {
            return checkpoints.toUri().toString();
        }
    }

    /** A lakehouse for one test. */
    private static final class Lakehouse implements DataStreamSinkV2ExternalContext<String> {

        private static final int ROWS = 1_000;

        private final AltertableLocal lakehouse = AltertableLocal.start();

        Lakehouse() {
            lakehouse.execute("CREATE TABLE lake.main.orders (f0 VARCHAR)");
        }

        @Override
        public Sink<String> createSink(TestingSinkSettings settings) {
            return AltertableSink.builder(
                            COLUMNS,
                            (String text) -> GenericRowData.of(StringData.fromString(text)))
                    .set(AltertableOptions.URL, lakehouse.url().toString())
                    .set(AltertableOptions.CATALOG, "lake")
                    .set(AltertableOptions.TABLE, "orders")
                    .set(AltertableOptions.USERNAME, lakehouse.username())
                    .set(AltertableOptions.PASSWORD, lakehouse.password())
                    .build();
        }

        @Override
        public ExternalSystemDataReader<String> createSinkDataReader(TestingSinkSettings settings) {
            return new Reader(lakehouse);
        }

        @Override
        public List<String> generateTestData(TestingSinkSettings settings, long seed) {
            Random random = new Random(seed);
            return IntStream.range(0, ROWS)
                    .mapToObj(i -> i + "-" + Long.toHexString(random.nextLong()))
                    .toList();
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }

        @Override
        public List<URL> getConnectorJarPaths() {
            return List.of();
        }

        @Override
        public void close() {
            lakehouse.close();
        }
    }

    /** Reads what is new in the table. */
    private static final class Reader implements ExternalSystemDataReader<String> {

        private final AltertableLocal lakehouse;
        private long read = -1;

        Reader(AltertableLocal lakehouse) {
            this.lakehouse = lakehouse;
        }

        @Override
        public List<String> poll(Duration timeout) {
            List<List<Object>> rows =
                    lakehouse.rows(
                            "SELECT rowid, f0 FROM lake.main.orders WHERE rowid > "
                                    + read
                                    + " ORDER BY rowid");
            if (!rows.isEmpty()) {
                read = (long) rows.get(rows.size() - 1).get(0);
            }
            return rows.stream().map(row -> (String) row.get(1)).toList();
        }

        @Override
        public void close() {}
    }
}
