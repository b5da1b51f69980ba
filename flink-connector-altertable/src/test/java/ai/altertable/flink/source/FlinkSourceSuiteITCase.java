package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.local.AltertableLocal;
import java.net.URL;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testframe.TestResource;
import org.apache.flink.connector.testframe.environment.ClusterControllable;
import org.apache.flink.connector.testframe.environment.TestEnvironment;
import org.apache.flink.connector.testframe.environment.TestEnvironmentSettings;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestExternalSystem;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink's own tests of sources; those for sources without an end are skipped. */
class FlinkSourceSuiteITCase extends SourceTestSuiteBase<String> {

    @TestSemantics
    CheckpointingMode[] semantics =
            new CheckpointingMode[] {
                CheckpointingMode.EXACTLY_ONCE, CheckpointingMode.AT_LEAST_ONCE
            };

    @TestEnv Cluster flink = new Cluster();

    @TestExternalSystem Lakehouse lakehouse = new Lakehouse();

    @TestContext ExternalContextFactory<Context> contexts = testName -> new Context(lakehouse.lake);

    /** Flink's own needs JUnit 4. */
    static final class Cluster implements TestEnvironment, ClusterControllable {

        private static final int SLOTS = 6;

        private LocalFlink flink;

        @Override
        public void startUp() throws Exception {
            flink = LocalFlink.start(SLOTS, new Configuration());
        }

        @Override
        public StreamExecutionEnvironment createExecutionEnvironment(
                TestEnvironmentSettings settings) {
            return flink.environment(SLOTS);
        }

        @Override
        public Endpoint getRestEndpoint() {
            throw forSourcesWithoutAnEnd();
        }

        @Override
        public String getCheckpointUri() {
            throw forSourcesWithoutAnEnd();
        }

        @Override
        public void triggerJobManagerFailover(JobClient job, Runnable afterwards) {
            throw forSourcesWithoutAnEnd();
        }

        @Override
        public void triggerTaskManagerFailover(JobClient job, Runnable afterwards) {
            throw forSourcesWithoutAnEnd();
        }

        @Override
        public void isolateNetwork(JobClient job, Runnable afterwards) {
            throw forSourcesWithoutAnEnd();
        }

        private static UnsupportedOperationException forSourcesWithoutAnEnd() {
            return new UnsupportedOperationException("only for tests of sources without an end");
        }

        @Override
        public void tearDown() {
            flink.close();
        }

        @Override
        public String toString() {
            return "MiniCluster";
        }
    }

    /** One for all tests, each of which has a table of its own. */
    static final class Lakehouse implements TestResource {

        private AltertableLocal lake;

        @Override
        public void startUp() {
            lake = AltertableLocal.start();
        }

        @Override
        public void tearDown() {
            lake.close();
        }
    }

    /** A table; what the suite calls a split is a value of its partition column. */
    private static final class Context implements DataStreamSourceExternalContext<String> {

        private final AltertableLocal lake;
        private final String table = "t" + System.nanoTime();
        private int splits;

        private Context(AltertableLocal lake) {
            this.lake = lake;
            lake.execute("CREATE TABLE lake.main." + table + " (split BIGINT, text VARCHAR)");
        }

        @Override
        public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
            if (settings.getBoundedness() != Boundedness.BOUNDED) {
                throw new UnsupportedOperationException("a scan has an end");
            }
            return AltertableSource.builder(
                            Lakes.columns("text STRING"),
                            row -> row.getString(0).toString(),
                            Types.STRING)
                    .setAll(Lakes.options(lake))
                    .table("lake", "main", table)
                    .set(AltertableOptions.SCAN_PARTITION_COLUMN, "split")
                    .set(AltertableOptions.SCAN_PARTITION_NUM, 8)
                    .build();
        }

        @Override
        public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
                TestingSourceSettings settings) {
            int split = splits++;
            return new ExternalSystemSplitDataWriter<>() {
                @Override
                public void writeRecords(List<String> records) {
                    records.forEach(
                            text ->
                                    lake.execute(
                                            "INSERT INTO lake.main.%s VALUES (%d, '%s')"
                                                    .formatted(table, split, text)));
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<String> generateTestData(
                TestingSourceSettings settings, int splitIndex, long seed) {
            return IntStream.range(0, 50).mapToObj(i -> splitIndex + "-" + seed + "-" + i).toList();
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
            lake.execute("DROP TABLE lake.main." + table);
        }
    }
}
