package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Connection;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.junit.jupiter.api.Assumptions;

/** Lakehouses of tests, and what one needs to ask them. */
final class Lakes {

    private static final int LONGEST_SECONDS = 180;

    private Lakes() {}

    static Configuration options(AltertableLocal lake) {
        return new Configuration()
                .set(AltertableOptions.URL, lake.url().toString())
                .set(AltertableOptions.USERNAME, lake.username())
                .set(AltertableOptions.PASSWORD, lake.password());
    }

    static AltertableClient client(AltertableLocal lake) {
        return AltertableClient.open(
                Connection.from(options(lake)),
                RetryPolicy.lasting(Duration.ofSeconds(30)),
                UpsertEndpoint.AUTO,
                ClientObserver.NONE);
    }

    /** A type as Flink writes it: {@code ROW<id BIGINT, name STRING>}. */
    static RowType columns(String fields) {
        LogicalType type =
                LogicalTypeParser.parse("ROW<" + fields + ">", Lakes.class.getClassLoader());
        return (RowType) type;
    }

    /** On DuckLake; the test is skipped, aloud, where its extension is not at hand. */
    static AltertableLocal duckLake() {
        Optional<Path> extensions =
                Optional.ofNullable(System.getenv("ALTERTABLE_LOCAL_EXTENSIONS")).map(Path::of);
        Assumptions.assumeTrue(
                extensions.filter(Files::isDirectory).isPresent(),
                "ALTERTABLE_LOCAL_EXTENSIONS does not name a folder with DuckDB's extension");
        return AltertableLocal.builder()
                .storage(Storage.DUCKLAKE)
                .extensions(extensions.get())
                .start();
    }

    /** Waits until a condition holds, three minutes at most. */
    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }
}
