package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.CATALOG;
import static ai.altertable.flink.AltertableOptions.SCHEMA;
import static ai.altertable.flink.AltertableOptions.SINK_CREATE_TABLE;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_COLUMN;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_MODE;
import static ai.altertable.flink.AltertableOptions.SINK_FORMAT;
import static ai.altertable.flink.AltertableOptions.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.DeleteMode;
import ai.altertable.flink.Threads;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a writer finds when it opens. */
class WriterOpeningITCase {

    private final AltertableLocal lakehouse = AltertableLocal.start();

    @AfterEach
    void close() {
        lakehouse.close();
    }

    private OpenWriter open(UnaryOperator<AltertableSinkBuilder<RowData>> options)
            throws Exception {
        return new OpenWriter(lakehouse, options);
    }

    @Test
    void namesEveryMismatchInOneMessage() {
        lakehouse.execute(
                "CREATE TABLE lake.main.orders (ID DECIMAL(9, 2), nick VARCHAR, n INTEGER)");

        assertThatThrownBy(() -> open(sink -> sink))
                .hasMessageContaining("lake.main.orders")
                .hasMessageContaining("ID: BIGINT NOT NULL cannot be written into DECIMAL(9, 2)")
                .hasMessageContaining("name: the table has no such column");
    }

    @Test
    void namesColumnsThatTakeNoNull() {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, Name VARCHAR NOT NULL)");

        assertThatThrownBy(() -> open(sink -> sink))
                .hasMessageContaining("name: the table takes no NULL")
                .hasMessageContaining("NOT NULL");
    }

    @Test
    void findsTheTableHoweverItIsSpelled() throws Exception {
        lakehouse.execute(
                "CREATE SCHEMA lake.\"Sales\"",
                "CREATE TABLE lake.\"Sales\".\"Orders\" (\"NAME\" VARCHAR, extra INT, ID BIGINT)");
        try (OpenWriter writer =
                open(
                        sink ->
                                sink.set(SCHEMA, "sales")
                                        .set(TABLE, "ORDERS")
                                        .set(SINK_FORMAT, ChunkFormat.JSONL))) {
            writer.write(1, "a");
            writer.flush();
        }
        assertThat(lakehouse.rows("SELECT id, name FROM lake.Sales.Orders"))
                .containsExactly(List.of(1L, "a"));
    }

    @ParameterizedTest
    @EnumSource(ChunkFormat.class)
    void keepsColumnsThatAreNotDeclared(ChunkFormat format) throws Exception {
        lakehouse.execute(
                "CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR, note VARCHAR)",
                "INSERT INTO lake.main.orders VALUES (1, 'a', 'kept')");
        UnaryOperator<AltertableSinkBuilder<RowData>> options =
                sink -> sink.primaryKey("id").set(SINK_FORMAT, format);
        if (format == ChunkFormat.JSONL) {
            assertThatThrownBy(() -> open(options))
                    .hasMessageContaining("note")
                    .hasMessageContaining("sink.format");
            return;
        }
        try (OpenWriter writer = open(options)) {
            writer.write(1, "a2");
            writer.flush();
        }
        assertThat(lakehouse.rows("FROM lake.main.orders"))
                .containsExactly(List.of(1L, "a2", "kept"));
    }

    @Nested
    class WithoutTheTable {

        @Test
        void saysWhatIsMissing() {
            lakehouse.execute("CREATE TABLE lake.main.orders_2 (id BIGINT)");

            assertThatThrownBy(() -> open(sink -> sink))
                    .hasMessageContaining("'table'")
                    .hasMessageContaining("orders_2");
            assertThatThrownBy(() -> open(sink -> sink.set(SCHEMA, "mine")))
                    .hasMessageContaining("'schema'");
            assertThatThrownBy(() -> open(sink -> sink.set(CATALOG, "mine")))
                    .hasMessageContaining("'catalog'");
        }

        @Test
        void createsItOnlyInASchemaThatIsThere() {
            assertThatThrownBy(
                            () ->
                                    open(
                                            sink ->
                                                    sink.set(SCHEMA, "typo")
                                                            .set(SINK_CREATE_TABLE, true)))
                    .hasMessageContaining("'schema'");
        }

        @Test
        void createsItWithTheDeclaredColumns() throws Exception {
            try (OpenWriter writer =
                    open(
                            sink ->
                                    sink.primaryKey("id")
                                            .set(SINK_CREATE_TABLE, true)
                                            .set(SINK_DELETE_MODE, DeleteMode.SOFT)
                                            .set(SINK_DELETE_COLUMN, "gone"))) {
                writer.write(1, "a");
                writer.flush();
            }
            assertThat(
                            lakehouse.rows(
                                    "SELECT column_name, column_type, \"null\", key FROM (DESCRIBE"
                                            + " lake.main.orders)"))
                    .hasToString(
                            "[[id, BIGINT, NO, null], [name, VARCHAR, YES, null],"
                                    + " [gone, BOOLEAN, NO, null]]");
        }

        @Test
        void createsItOnceWhenManyWritersOpenAtATime() throws Exception {
            int writers = 4;
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(writers);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    long id = i;
                    all.add(
                            threads.submit(
                                    () -> {
                                        start.await();
                                        try (OpenWriter writer =
                                                open(sink -> sink.set(SINK_CREATE_TABLE, true))) {
                                            writer.write(id, "a");
                                            writer.flush();
                                        }
                                        return null;
                                    }));
                }
                start.countDown();
                for (Future<?> one : all) {
                    one.get();
                }
            } finally {
                threads.shutdown();
            }
            assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.orders"))
                    .containsExactly(List.of((long) writers));
        }
    }

    @Test
    void isRetriedLikeEverythingElse() throws Exception {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
        lakehouse
                .faults()
                .add(
                        Fault.status(503).onPath("/query"),
                        Fault.breakAfter().onPath("/query"),
                        Fault.cutResult(1).onPath("/query"));
        open(sink -> sink).close();
        assertThat(lakehouse.faults().pending()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItFails() throws Exception {
        assertThatThrownBy(() -> open(sink -> sink)).hasMessageContaining("'table'");
        Await.until("no thread is left", () -> Threads.ofConnector().isEmpty());
    }

    @Test
    void canBeInterruptedWhileTheServerNeverAnswers() throws Exception {
        lakehouse.faults().add(Fault.delay(Duration.ofSeconds(8)).onPath("/query"));
        Thread task =
                new Thread(
                        () ->
                                assertThatThrownBy(() -> open(sink -> sink))
                                        .hasMessageContaining("cancelled"));
        task.start();
        Await.until("the request is on its way", () -> !Threads.ofConnector().isEmpty());

        task.interrupt();
        task.join(Duration.ofSeconds(5).toMillis());

        assertThat(task.isAlive()).isFalse();
        Await.until("no thread is left", () -> Threads.ofConnector().isEmpty());
    }
}
