package ai.altertable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.altertable.local.lake.DuckLake;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Clients that create, fill and drop tables at the same time, as a sink does that writes exactly
 * once. DuckLake of DuckDB 1.5.3 to 1.5.5 frees a schema while an open transaction still uses it,
 * and the process dies: before DuckDB gets newer, this has to be green.
 */
class CreatingAtOnceITCase {

    private static final int CLIENTS = 4;
    private static final int ROUNDS = 2;

    /** What is freed is overwritten, so that who uses it still fails at once, not now and then. */
    private static final Map<String, String> FREED_IS_GONE =
            Map.of("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165");

    @Test
    void duckLakeOutlivesIt() throws Exception {
        assumeTrue(DuckLake.available(), "DuckDB's extension ducklake is not on this machine");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (LocalProcess lakehouse =
                LocalProcess.servingWith(FREED_IS_GONE, "--port", "0", "--storage", "ducklake")) {
            Http http = lakehouse.http();
            http.query("CREATE TABLE lake.main.t (client BIGINT, round BIGINT)");
            List<Callable<Void>> work =
                    IntStream.range(0, CLIENTS).mapToObj(i -> stageAndCommit(http, i)).toList();
            for (Future<Void> client : clients.invokeAll(work)) {
                client.get();
            }

            assertThat(
                            http.query("SELECT count(*)::INTEGER FROM (SELECT DISTINCT * FROM t)")
                                    .body())
                    .endsWith("[" + CLIENTS * ROUNDS + "]\n");
        } finally {
            clients.shutdownNow();
        }
    }

    private static Callable<Void> stageAndCommit(Http http, int client) {
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                String table = "staged_" + client + "_" + round;
                String row = "{\"client\":" + client + ",\"round\":" + round + "}\n";
                var staged =
                        http.upload("catalog=lake&schema=main&mode=create&table=" + table, row);
                assertThat(staged.statusCode()).as(staged.body()).isEqualTo(200);
                commit(http, table);
            }
            return null;
        };
    }

    private static void commit(Http http, String table) throws IOException {
        String answer =
                http.query(
                                "BEGIN TRANSACTION; INSERT INTO lake.main.t FROM lake.main."
                                        + table
                                        + "; DROP TABLE lake.main."
                                        + table
                                        + "; COMMIT")
                        .body();
        assertThat(answer).doesNotContain("{\"error\":");
    }
}
