package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.altertable.flink.Connection;
import ai.altertable.flink.Credentials;
import ai.altertable.flink.TableId;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Arrival;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Clients of tests, and what one expects of them. */
final class TestClients {

    static final TableId ORDERS = new TableId("lake", "main", "orders");
    static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofMillis(100));

    private static final int LONGEST_SECONDS = 60;

    private TestClients() {}

    static Connection to(AltertableLocal lakehouse, Api api) {
        Credentials.Scheme scheme =
                api == Api.FIRST ? Credentials.Scheme.BEARER : Credentials.Scheme.BASIC;
        return new Connection(
                lakehouse.url(),
                Credentials.ofPassword(lakehouse.username(), lakehouse.password(), scheme),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                "",
                "");
    }

    static Connection to(AltertableLocal lakehouse) {
        return to(lakehouse, Api.TODAY);
    }

    static Connection to(int port, Duration connection, Duration request) {
        return new Connection(
                URI.create("http://127.0.0.1:" + port),
                Credentials.ofPassword("alice", "open-sesame", Credentials.Scheme.BASIC),
                connection,
                request,
                "",
                "");
    }

    static Connection to(ScriptedServer server) {
        return to(server.port(), Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    static AltertableClient open(Connection connection, RetryPolicy retries, Counts counts) {
        return AltertableClient.open(connection, retries, UpsertEndpoint.AUTO, counts);
    }

    static Upload append(Payload payload) {
        return new Upload(ORDERS, UploadMode.APPEND, "json", payload);
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }

    static AltertableException failureOf(CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(() -> get(future));
        assertThat(thrown).isInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isInstanceOf(AltertableException.class);
        return (AltertableException) thrown.getCause();
    }

    /** Waits until a condition holds, a minute at most. */
    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /**
     * The requests that arrived, once there are so many: the lakehouse tells of one only when it
     * has answered it. Those that it has no route for, or no user, it does not tell of.
     */
    static List<Arrival> arrivals(AltertableLocal lakehouse, int count) throws Exception {
        await(count + " requests were handled", () -> lakehouse.arrivals().all().size() >= count);
        assertThat(lakehouse.arrivals().all()).hasSize(count);
        return lakehouse.arrivals().all();
    }

    interface Condition {
        boolean holds() throws Exception;
    }
}
