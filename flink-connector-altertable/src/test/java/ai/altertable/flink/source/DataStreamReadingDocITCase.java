package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.altertable.flink.DocPage;
import ai.altertable.flink.source.DataStreamReadingExample.Order;
import ai.altertable.local.AltertableLocal;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** docs/datastream.md shows {@link DataStreamReadingExample}, which runs. */
class DataStreamReadingDocITCase {

    private static final Path EXAMPLE =
            Path.of("src/test/java/ai/altertable/flink/source/DataStreamReadingExample.java");

    @Test
    void showsTheExample() throws Exception {
        DocPage.of("datastream.md").checkShows("DataStreamReadingDocITCase", EXAMPLE);
    }

    @Test
    void theExampleRuns() throws Exception {
        try (LocalFlink flink = LocalFlink.start(2, new Configuration());
                AltertableLocal lake = AltertableLocal.builder().user("me", "secret").start()) {
            lake.execute(
                    "CREATE TABLE lake.main.orders AS SELECT * FROM (VALUES"
                            + " (1::BIGINT, 'Ada', 9.99::DECIMAL(10, 2)), (2, 'Bob', 1))"
                            + " v(id, customer, price)");

            assertThat(
                            DataStreamReadingExample.read(
                                            flink.environment(2), lake.url().toString())
                                    .executeAndCollect(10))
                    .extracting(Order::id, Order::customer, order -> order.price().doubleValue())
                    .containsExactlyInAnyOrder(tuple(1L, "Ada", 9.99), tuple(2L, "Bob", 1.0));
        }
    }
}
