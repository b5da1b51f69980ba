package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.DocPage;
import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** docs/datastream.md shows {@link DataStreamExample}, which runs. */
class DataStreamDocITCase {

    private static final Path EXAMPLE =
            Path.of("src/test/java/ai/altertable/flink/sink/DataStreamExample.java");

    @Test
    void showsTheExample() throws Exception {
        DocPage.of("datastream.md").checkShows("DataStreamDocITCase", EXAMPLE);
    }

    @Test
    void theExampleRuns() throws Exception {
        LocalCluster cluster = LocalCluster.start(2);
        try (AltertableLocal lakehouse = AltertableLocal.builder().user("me", "secret").start()) {
            StreamExecutionEnvironment env = cluster.environment(2, new Configuration());
            DataStreamExample.write(
                    env.fromData(
                            new DataStreamExample.Order(1, "Ada"),
                            new DataStreamExample.Order(2, "Bob"),
                            new DataStreamExample.Order(1, "Cleo")),
                    lakehouse.url().toString());

            env.execute();

            assertThat(lakehouse.rows("FROM lake.main.orders ORDER BY id"))
                    .containsExactly(List.of(1L, "Cleo"), List.of(2L, "Bob"));
        } finally {
            cluster.stop();
        }
    }
}
