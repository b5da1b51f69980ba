package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CONTRACT §2 with eight clients at once: what was acknowledged is there, once, and whole. */
abstract class ConcurrencySuite extends ContractPart {

    private static final int CLIENTS = 8;

    /** Runs the client's work on a thread each, and fails when one of them fails. */
    private static void inParallel(IntConsumer work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                clients.add(
                        () -> {
                            work.accept(client);
                            return null;
                        });
            }
            for (Future<Void> done : threads.invokeAll(clients)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** CONTRACT §3: a conflict is refused in words and changed nothing; the client tries again. */
    private static void untilAccepted(Supplier<Answer> upload) {
        Eventually.await(
                "the upload accepted",
                upload,
                answer -> {
                    if (!answer.conflicted()) {
                        answer.mustBeAccepted();
                    }
                    return answer.accepted();
                });
    }

    private void appendAtLast(Table table, Payload file) {
        untilAccepted(() -> client().upload("append", table, file));
    }

    private static String ids(int from, int to) {
        return "SELECT range AS id FROM range(" + from + ", " + to + ")";
    }

    @Test
    @DisplayName("§2 uploads into one table: every row once")
    void uploadsIntoOneTable() throws InterruptedException {
        Table table = table("id BIGINT");

        inParallel(
                client -> {
                    for (int file = 0; file < 4; file++) {
                        int first = (client * 4 + file) * 100;
                        appendAtLast(table, Payload.parquet(ids(first, first + 100)));
                    }
                });

        assertThat(rows("SELECT count(*), count(DISTINCT id), max(id) FROM " + table.sql()))
                .containsExactly("[3200,3200,3199]");
    }

    @Test
    @DisplayName("§2 readers see whole files only, and their own uploads at once")
    void readersSeeWholeFiles() throws InterruptedException {
        Table table = table("client INTEGER, id INTEGER");

        inParallel(
                client -> {
                    for (int file = 1; file <= 3; file++) {
                        appendAtLast(
                                table,
                                Payload.parquet(
                                        "SELECT "
                                                + client
                                                + "::INTEGER AS client, range::INTEGER"
                                                + " AS id FROM range(250)"));
                        assertThat(count(table) % 250).as("rows of half a file").isZero();
                        assertThat(
                                        value(
                                                "SELECT count(*) AS n FROM "
                                                        + table.sql()
                                                        + " WHERE client = "
                                                        + client))
                                .isEqualTo(Integer.toString(file * 250));
                    }
                });

        assertThat(count(table)).isEqualTo(CLIENTS * 3 * 250);
    }

    @Test
    @DisplayName("§2 a table for each client")
    void tablesOfTheirOwn() throws InterruptedException {
        inParallel(
                client -> {
                    Table table = unused();
                    Payload file = Payload.jsonl("{\"id\":" + client + "}");
                    untilAccepted(() -> client().upload("create", table, file));
                    appendAtLast(table, file);
                    assertThat(rows("SELECT id FROM " + table.sql()))
                            .containsExactly("[" + client + "]", "[" + client + "]");
                });
    }

    @Test
    @DisplayName("§2 long results for every client are complete")
    void longResults() throws InterruptedException {
        Table table = table("id BIGINT");
        append(table, Payload.parquet(ids(0, 30_000)));

        inParallel(
                client -> {
                    List<String> rows = rows("SELECT id FROM " + table.sql() + " ORDER BY id");
                    assertThat(rows).hasSize(30_000);
                    assertThat(rows.get(29_999)).isEqualTo("[29999]");
                });
    }

    @Test
    @DisplayName("§3 upserts of different keys: a conflict is refused in words, a retry gets in")
    void upsertsOfDifferentKeys() throws InterruptedException {
        Table table = table("id BIGINT, v INTEGER");

        inParallel(
                client -> {
                    for (int version = 1; version <= 2; version++) {
                        Payload file =
                                Payload.parquet(
                                        "SELECT range AS id, "
                                                + version
                                                + "::INTEGER AS v FROM"
                                                + " range("
                                                + client * 20
                                                + ", "
                                                + (client + 1) * 20
                                                + ")");
                        untilAccepted(() -> client().upsert("id", table, file));
                    }
                });

        assertThat(rows("SELECT count(*), count(DISTINCT id), min(v), max(v) FROM " + table.sql()))
                .containsExactly("[160,160,2,2]");
    }
}
