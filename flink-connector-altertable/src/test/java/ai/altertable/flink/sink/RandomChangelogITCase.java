package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS;
import static ai.altertable.flink.AltertableOptions.SINK_CURSOR_FIELD;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_COLUMN;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_MODE;
import static ai.altertable.flink.AltertableOptions.SINK_DELIVERY_GUARANTEE;
import static org.apache.flink.connector.base.DeliveryGuarantee.AT_LEAST_ONCE;
import static org.apache.flink.connector.base.DeliveryGuarantee.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.DeleteMode;
import ai.altertable.local.AltertableLocal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes leave what they would leave one by one, wherever chunks end. The table has a
 * column that Flink does not know.
 */
class RandomChangelogITCase {

    private static final int CHANGES = 400;
    private static final int KEYS = 12;

    private static final RowType COLUMNS =
            RowType.of(
                    new LogicalType[] {new BigIntType(false), new IntType(), new IntType()},
                    new String[] {"id", "version", "change"});

    record Case(int seed, DeleteMode deletes, boolean cursor, DeliveryGuarantee guarantee) {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            for (DeleteMode deletes : List.of(DeleteMode.HARD, DeleteMode.SOFT)) {
                for (DeliveryGuarantee guarantee : List.of(AT_LEAST_ONCE, EXACTLY_ONCE)) {
                    cases.add(new Case(seed, deletes, false, guarantee));
                    cases.add(new Case(seed, deletes, true, guarantee));
                }
            }
        }
        return cases;
    }

    /** What is expected of a key. */
    private record Expected(int version, int change, boolean isNew, boolean deleted) {}

    /** The table as it would be if each change were a chunk. */
    private static final class Model {

        private final Case given;
        private final Map<Long, Expected> rows = new TreeMap<>();

        /** As the changelog sees it: soft deletes and late rows do not matter. */
        private final Set<Long> live = new HashSet<>();

        Model(Case given) {
            this.given = given;
            for (long key = 0; key < KEYS / 2; key++) {
                rows.put(key, new Expected(50, -1, false, false));
                live.add(key);
            }
        }

        void upsert(long key, int version, int change) {
            Expected there = rows.get(key);
            boolean wins = there == null || !given.cursor() || version > there.version();
            if (wins) {
                rows.put(key, new Expected(version, change, there == null || there.isNew(), false));
            }
        }

        void delete(long key) {
            if (given.deletes() == DeleteMode.HARD) {
                rows.remove(key);
            } else {
                rows.computeIfPresent(
                        key,
                        (any, there) ->
                                new Expected(there.version(), there.change(), there.isNew(), true));
            }
        }

        List<List<Object>> rows() {
            List<List<Object>> all = new ArrayList<>();
            rows.forEach(
                    (key, row) ->
                            all.add(
                                    List.of(
                                            key,
                                            row.version(),
                                            row.change(),
                                            row.isNew() ? "-" : "kept",
                                            row.deleted())));
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leaveWhatTheyWouldLeaveOneByOne(Case given) throws Exception {
        Random random = new Random(given.seed());
        Model model = new Model(given);
        try (AltertableLocal lakehouse = AltertableLocal.start()) {
            lakehouse.execute(
                    "CREATE TABLE lake.main.orders (id BIGINT, version INTEGER, change INTEGER,"
                            + " note VARCHAR, gone BOOLEAN)",
                    "INSERT INTO lake.main.orders SELECT i, 50, -1, 'kept', FALSE FROM range("
                            + KEYS / 2
                            + ") r(i)");
            try (OpenWriter writer =
                    new OpenWriter(lakehouse, COLUMNS, sink -> options(sink, given, random))) {
                for (int change = 0; change < CHANGES; change++) {
                    change(writer, model, random, change);
                    if (given.guarantee() == EXACTLY_ONCE && random.nextInt(100) == 0) {
                        writer.commit(writer.checkpoint());
                    }
                }
                if (given.guarantee() == EXACTLY_ONCE) {
                    writer.commit(writer.checkpoint());
                }
                writer.flush();
            }
            assertThat(
                            lakehouse.rows(
                                    "SELECT id, version, change, coalesce(note, '-'),"
                                            + " coalesce(gone, FALSE)"
                                            + " FROM lake.main.orders ORDER BY id"))
                    .isEqualTo(model.rows());
        }
    }

    private static AltertableSinkBuilder<RowData> options(
            AltertableSinkBuilder<RowData> sink, Case given, Random random) {
        sink.primaryKey("id").set(SINK_BUFFER_FLUSH_MAX_ROWS, 1 + random.nextInt(60));
        if (given.cursor()) {
            sink.set(SINK_CURSOR_FIELD, "version");
        }
        if (given.deletes() == DeleteMode.SOFT) {
            sink.set(SINK_DELETE_COLUMN, "gone");
        }
        return sink.set(SINK_DELETE_MODE, given.deletes())
                .set(SINK_DELIVERY_GUARANTEE, given.guarantee());
    }

    /** A change that a changelog may have: nothing is updated or deleted that is not there. */
    private static void change(OpenWriter writer, Model model, Random random, int change)
            throws Exception {
        long key = random.nextInt(KEYS);
        int version = random.nextInt(100);
        if (!model.live.contains(key)) {
            writer.write(row(RowKind.INSERT, key, version, change));
            model.upsert(key, version, change);
            model.live.add(key);
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                writer.write(row(RowKind.DELETE, key, version, change));
                model.delete(key);
                model.live.remove(key);
            }
            case 1 -> {
                // The key changes to one that never was.
                long other = KEYS + change;
                writer.write(row(RowKind.UPDATE_BEFORE, key, version, change));
                writer.write(row(RowKind.UPDATE_AFTER, other, version, change));
                model.delete(key);
                model.live.remove(key);
                model.upsert(other, version, change);
            }
            case 2 -> {
                writer.write(row(RowKind.UPDATE_BEFORE, key, version, change));
                writer.write(row(RowKind.UPDATE_AFTER, key, version, change));
                model.upsert(key, version, change);
            }
            default -> {
                writer.write(row(RowKind.UPDATE_AFTER, key, version, change));
                model.upsert(key, version, change);
            }
        }
        if (random.nextInt(40) == 0) {
            writer.flush();
        }
    }

    private static RowData row(RowKind kind, long key, int version, int change) {
        return GenericRowData.ofKind(kind, key, version, change);
    }
}
