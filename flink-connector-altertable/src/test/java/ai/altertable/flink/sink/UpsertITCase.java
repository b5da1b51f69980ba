package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.AUTH_SCHEME;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS;
import static ai.altertable.flink.AltertableOptions.SINK_CURSOR_FIELD;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_COLUMN;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_MODE;
import static ai.altertable.flink.AltertableOptions.SINK_FORMAT;
import static org.apache.flink.types.RowKind.DELETE;
import static org.apache.flink.types.RowKind.INSERT;
import static org.apache.flink.types.RowKind.UPDATE_AFTER;
import static org.apache.flink.types.RowKind.UPDATE_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.Credentials;
import ai.altertable.flink.DeleteMode;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Fault;
import ai.altertable.local.Storage;
import ai.altertable.local.lake.DuckLake;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each kind of row, whatever the options and wherever a chunk ends. */
class UpsertITCase {

    /** One row a chunk, a few, all rows in one. */
    private static final List<Integer> ROWS_PER_CHUNK = List.of(1, 3, 1000);

    /** Everything that has an influence on how a change is written. */
    record Way(ChunkFormat format, Api api, int rowsPerChunk) {
        AltertableLocal lakehouse() {
            return AltertableLocal.builder().api(api).start();
        }

        AltertableSinkBuilder<RowData> options(AltertableSinkBuilder<RowData> sink) {
            return sink.primaryKey("id")
                    .set(SINK_FORMAT, format)
                    .set(
                            AUTH_SCHEME,
                            api == Api.FIRST ? Credentials.Scheme.BEARER : Credentials.Scheme.BASIC)
                    .set(SINK_BUFFER_FLUSH_MAX_ROWS, rowsPerChunk);
        }
    }

    static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        for (ChunkFormat format : ChunkFormat.values()) {
            for (Api api : List.of(Api.FIRST, Api.TODAY)) {
                ROWS_PER_CHUNK.forEach(rows -> ways.add(new Way(format, api, rows)));
            }
        }
        return ways;
    }

    private static void changes(OpenWriter writer) throws Exception {
        writer.write(INSERT, 5L, "e");
        writer.write(UPDATE_BEFORE, 1L, "a");
        writer.write(UPDATE_AFTER, 1L, "a2");
        writer.write(DELETE, 2L, "b");
        // Deleted and inserted anew.
        writer.write(DELETE, 3L, "c");
        writer.write(INSERT, 3L, "c2");
        // Inserted and deleted.
        writer.write(INSERT, 6L, "f");
        writer.write(DELETE, 6L, "f");
        // The key changes.
        writer.write(UPDATE_BEFORE, 4L, "d");
        writer.write(UPDATE_AFTER, 8L, "d");
        // Nothing is there to be deleted.
        writer.write(DELETE, 77L, "x");
        // Many updates of one key.
        for (int i = 0; i < 20; i++) {
            writer.write(UPDATE_AFTER, 9L, "i" + i);
        }
        writer.flush();
    }

    private static final String CREATE =
            "CREATE TABLE lake.main.orders (id BIGINT NOT NULL, name VARCHAR)";
    private static final String FILL =
            "INSERT INTO lake.main.orders VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')";

    private static List<List<Object>> orders(AltertableLocal lakehouse) {
        return lakehouse.rows("SELECT * FROM lake.main.orders ORDER BY ALL");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void deletes(Way way) throws Exception {
        try (AltertableLocal lakehouse = way.lakehouse()) {
            lakehouse.execute(CREATE, FILL);
            try (OpenWriter writer = new OpenWriter(lakehouse, way::options)) {
                changes(writer);
                assertThat(writer.metrics.value("numRecordsSendErrors")).isZero();
            }
            assertThat(orders(lakehouse))
                    .containsExactly(
                            List.of(1L, "a2"),
                            List.of(3L, "c2"),
                            List.of(5L, "e"),
                            List.of(8L, "d"),
                            List.of(9L, "i19"));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void marksAsDeleted(Way way) throws Exception {
        try (AltertableLocal lakehouse = way.lakehouse()) {
            lakehouse.execute(
                    CREATE,
                    FILL,
                    "ALTER TABLE lake.main.orders ADD COLUMN gone BOOLEAN DEFAULT FALSE");
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            sink ->
                                    way.options(sink)
                                            .set(SINK_DELETE_MODE, DeleteMode.SOFT)
                                            .set(SINK_DELETE_COLUMN, "GONE"))) {
                changes(writer);
            }
            assertThat(orders(lakehouse))
                    .containsExactly(
                            List.of(1L, "a2", false),
                            List.of(2L, "b", true),
                            List.of(3L, "c2", false),
                            List.of(4L, "d", true),
                            List.of(5L, "e", false),
                            List.of(6L, "f", true),
                            List.of(8L, "d", false),
                            List.of(9L, "i19", false));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void ignoresDeletes(Way way) throws Exception {
        try (AltertableLocal lakehouse = way.lakehouse()) {
            lakehouse.execute(CREATE, FILL);
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            sink -> way.options(sink).set(SINK_DELETE_MODE, DeleteMode.IGNORE))) {
                changes(writer);
            }
            assertThat(orders(lakehouse))
                    .containsExactly(
                            List.of(1L, "a2"),
                            List.of(2L, "b"),
                            List.of(3L, "c2"),
                            List.of(4L, "d"),
                            List.of(5L, "e"),
                            List.of(6L, "f"),
                            List.of(8L, "d"),
                            List.of(9L, "i19"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RowKind.class,
            names = {"DELETE", "UPDATE_BEFORE"})
    void failsByDeletes(RowKind kind) throws Exception {
        try (AltertableLocal lakehouse = AltertableLocal.start()) {
            lakehouse.execute(CREATE, FILL);
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            sink -> sink.primaryKey("id").set(SINK_DELETE_MODE, DeleteMode.FAIL))) {
                writer.write(UPDATE_BEFORE, 1L, "a");
                writer.write(UPDATE_AFTER, 1L, "a2");

                assertThatThrownBy(
                                () -> {
                                    writer.write(kind, 2L, "b");
                                    writer.flush();
                                })
                        .hasMessageContaining("'sink.delete-mode' is 'fail'");
            }
        }
    }

    /** So many that whatever is kept for a key grows more than once, each time by another kind. */
    @ParameterizedTest
    @EnumSource(RowKind.class)
    void takesManyKeysWhateverIsTheFirstOfEach(RowKind first) throws Exception {
        int keys = 5000;
        try (AltertableLocal lakehouse = AltertableLocal.start()) {
            lakehouse.execute(
                    CREATE,
                    "INSERT INTO lake.main.orders SELECT i, 'old' FROM range(" + keys + ") r(i)");
            try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink.primaryKey("id"))) {
                for (long id = 0; id < keys; id++) {
                    writer.write(first, id, "first");
                    if (id % 2 == 0) {
                        writer.write(UPDATE_AFTER, id, "last");
                    }
                }
                writer.flush();
            }
            boolean deletes = first == DELETE || first == UPDATE_BEFORE;
            assertThat(
                            lakehouse.rows(
                                    "SELECT name, count(*), sum(id % 2)::BIGINT"
                                            + " FROM lake.main.orders GROUP BY ALL ORDER BY ALL"))
                    .isEqualTo(
                            deletes
                                    ? List.of(List.of("last", 2500L, 0L))
                                    : List.of(
                                            List.of("first", 2500L, 2500L),
                                            List.of("last", 2500L, 0L)));
        }
    }

    @Nested
    class Cursors {

        private static final RowType VERSIONED =
                RowType.of(
                        new LogicalType[] {
                            new BigIntType(false), new VarCharType(10), new IntType()
                        },
                        new String[] {"id", "name", "version"});

        private static RowData order(RowKind kind, long id, String name, Integer version) {
            return GenericRowData.ofKind(kind, id, StringData.fromString(name), version);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 1000})
        void letTheNewestRowWin(int rowsPerChunk) throws Exception {
            try (AltertableLocal lakehouse = AltertableLocal.start()) {
                lakehouse.execute(
                        "CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR, Version INTEGER)",
                        "INSERT INTO lake.main.orders VALUES (1, 'stored', 5), (2, 'stored', 5),"
                                + " (3, 'stored', 5), (4, 'stored', NULL), (5, 'stored', 5)");
                UnaryOperator<AltertableSinkBuilder<RowData>> options =
                        sink ->
                                sink.primaryKey("id")
                                        .set(SINK_CURSOR_FIELD, "version")
                                        .set(SINK_BUFFER_FLUSH_MAX_ROWS, rowsPerChunk);
                try (OpenWriter writer = new OpenWriter(lakehouse, VERSIONED, options)) {
                    // Late, then newer, then late again, then equal.
                    writer.write(order(INSERT, 1, "late", 4));
                    writer.write(order(UPDATE_AFTER, 1, "newest", 7));
                    writer.write(order(UPDATE_AFTER, 1, "late", 6));
                    writer.write(order(UPDATE_AFTER, 1, "equal", 7));
                    // Only a late one.
                    writer.write(order(UPDATE_BEFORE, 2, "stored", 5));
                    writer.write(order(UPDATE_AFTER, 2, "late", 3));
                    // NULL is neither newer nor older.
                    writer.write(order(UPDATE_AFTER, 3, "null", null));
                    writer.write(order(UPDATE_AFTER, 4, "never", 9));
                    writer.write(order(INSERT, 6, "first", null));
                    writer.write(order(UPDATE_AFTER, 6, "never", 9));
                    // After a delete everything is new.
                    writer.write(order(DELETE, 5, "stored", 5));
                    writer.write(order(INSERT, 5, "anew", 1));
                    writer.flush();
                }
                assertThat(lakehouse.rows("SELECT id, name FROM lake.main.orders ORDER BY id"))
                        .containsExactly(
                                List.of(1L, "newest"),
                                List.of(2L, "stored"),
                                List.of(3L, "stored"),
                                List.of(4L, "stored"),
                                List.of(5L, "anew"),
                                List.of(6L, "first"));
            }
        }
    }

    @Nested
    class Keys {

        private static final RowType LINES =
                RowType.of(
                        new LogicalType[] {
                            new VarCharType(false, 10), new IntType(false), new VarCharType(10)
                        },
                        new String[] {"Order", "line", "item"});

        private static RowData line(RowKind kind, String order, int line, String item) {
            return GenericRowData.ofKind(
                    kind, StringData.fromString(order), line, StringData.fromString(item));
        }

        @ParameterizedTest
        @CsvSource({"FIRST, 1", "FIRST, 100", "TODAY, 1", "TODAY, 100"})
        void mayHaveSeveralColumnsSpelledAsTheTableDoes(Api api, int rowsPerChunk)
                throws Exception {
            Way way = new Way(ChunkFormat.PARQUET, api, rowsPerChunk);
            try (AltertableLocal lakehouse = way.lakehouse()) {
                lakehouse.execute(
                        "CREATE TABLE lake.main.orders"
                                + " (item VARCHAR, LINE INTEGER, \"order\" VARCHAR)",
                        "INSERT INTO lake.main.orders VALUES ('old', 1, 'it''s'), ('x', 2, 'b')");
                try (OpenWriter writer =
                        new OpenWriter(
                                lakehouse,
                                LINES,
                                sink -> way.options(sink).primaryKey("line", "Order"))) {
                    writer.write(line(INSERT, "a", 1, "one"));
                    writer.write(line(INSERT, "a", 2, "two"));
                    writer.write(line(INSERT, "aa", 1, "three"));
                    writer.write(line(UPDATE_AFTER, "a", 1, "one!"));
                    writer.write(line(DELETE, "it's", 1, "old"));
                    writer.write(line(DELETE, "b", 1, "another line"));
                    writer.flush();
                }
                assertThat(
                                lakehouse.rows(
                                        "SELECT \"order\", line, item FROM lake.main.orders"
                                                + " ORDER BY ALL"))
                        .containsExactly(
                                List.of("a", 1, "one!"),
                                List.of("a", 2, "two"),
                                List.of("aa", 1, "three"),
                                List.of("b", 2, "x"));
            }
        }

        @Test
        void mustNotBeNull() throws Exception {
            try (AltertableLocal lakehouse = AltertableLocal.start()) {
                lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
                try (OpenWriter writer =
                        new OpenWriter(lakehouse, sink -> sink.primaryKey("name", "id"))) {
                    assertThatThrownBy(() -> writer.write(INSERT, 1L, null))
                            .hasMessageContaining("lake.main.orders")
                            .hasMessageContaining("'name' is NULL");
                }
            }
        }
    }

    /** Statements by key as DuckLake takes them. */
    @ParameterizedTest
    @EnumSource(
            value = DeleteMode.class,
            names = {"HARD", "SOFT"})
    void deletesInDuckLake(DeleteMode mode) throws Exception {
        assumeThat(DuckLake.available()).isTrue();
        try (AltertableLocal lakehouse =
                AltertableLocal.builder().storage(Storage.DUCKLAKE).start()) {
            lakehouse.execute(CREATE, FILL);
            if (mode == DeleteMode.SOFT) {
                lakehouse.execute("ALTER TABLE lake.main.orders ADD COLUMN gone BOOLEAN");
            }
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            sink ->
                                    mode == DeleteMode.HARD
                                            ? sink.primaryKey("id")
                                            : sink.primaryKey("id")
                                                    .set(SINK_DELETE_MODE, mode)
                                                    .set(SINK_DELETE_COLUMN, "gone"))) {
                changes(writer);
            }
            assertThat(
                            lakehouse.rows(
                                    "SELECT id FROM lake.main.orders"
                                            + (mode == DeleteMode.SOFT ? " WHERE NOT gone" : "")
                                            + " ORDER BY id"))
                    .extracting(row -> row.get(0))
                    .containsExactly(1L, 3L, 5L, 8L, 9L);
        }
    }

    /** A delete that is repeated, because nobody knows what became of it, does no harm. */
    @Test
    void repeatsStatementsWhoseFateIsUnknown() throws Exception {
        try (AltertableLocal lakehouse = AltertableLocal.start()) {
            lakehouse.execute(CREATE, FILL);
            lakehouse
                    .faults()
                    .add(
                            Fault.breakAfter().onStatement("DELETE FROM"),
                            Fault.status(503).onStatement("DELETE FROM"),
                            Fault.breakBefore().onStatement("DELETE FROM"));
            try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink.primaryKey("id"))) {
                writer.write(DELETE, 2L, "b");
                writer.flush();

                assertThat(writer.metrics.value("numRequestRetries")).isEqualTo(3);
                assertThat(writer.metrics.value("numRecordsSend")).isEqualTo(1);
            }
            assertThat(lakehouse.faults().pending()).isEmpty();
            assertThat(orders(lakehouse)).hasSize(3);
        }
    }
}
