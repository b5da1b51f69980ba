package ai.altertable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.altertable.local.lake.DuckLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills the server in the midst of uploads: what it acknowledged is whole, and nothing is half. */
class DurabilityITCase {

    private static final int ROWS_PER_FILE = 5_000;
    private static final int CLIENTS = 3;
    private static final int KILLS = 3;

    @TempDir Path folder;

    private final AtomicInteger files = new AtomicInteger();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @EnumSource(Storage.class)
    void everyAcknowledgedFileIsWholeAfterSigkill(Storage storage) throws Exception {
        if (storage == Storage.DUCKLAKE && !DuckLake.available()) {
            System.out.println("SKIPPED: durability on DuckLake, its extension is not here");
            assumeTrue(false, "DuckDB's extension ducklake is not on this machine");
        }
        String[] flags = {"--port", "0", "--data", folder.toString(), "--storage", storage.flag()};
        for (int round = 0; round < KILLS; round++) {
            killWhileUploading(acknowledged.size() + 5 + round, flags);
        }
        assertWhole(storage);
    }

    private void killWhileUploading(int enough, String... flags) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> running = new ArrayList<>();
        try (LocalProcess lakehouse = LocalProcess.serving(flags)) {
            Http http = lakehouse.http();
            http.query("CREATE TABLE IF NOT EXISTS lake.main.t (file INTEGER, row INTEGER)");
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> uploadUntilBroken(http)));
            }
            Await.until("some files are acknowledged", () -> acknowledged.size() >= enough);
            lakehouse.kill();
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void uploadUntilBroken(Http http) {
        while (true) {
            int file = files.incrementAndGet();
            String body =
                    IntStream.range(0, ROWS_PER_FILE)
                            .mapToObj(row -> "{\"file\":" + file + ",\"row\":" + row + "}\n")
                            .collect(Collectors.joining());
            try {
                var answer = http.upload("catalog=lake&schema=main&table=t&mode=append", body);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                acknowledged.add(file);
            } catch (IOException killed) {
                return;
            }
        }
    }

    private void assertWhole(Storage storage) {
        try (AltertableLocal again =
                AltertableLocal.builder().data(folder).storage(storage).start()) {
            Map<Integer, Long> rowsByFile =
                    again
                            .rows("SELECT file, count(DISTINCT row) FROM lake.main.t GROUP BY file")
                            .stream()
                            .collect(
                                    Collectors.toMap(
                                            r -> (Integer) r.get(0), r -> (Long) r.get(1)));

            assertThat(rowsByFile.keySet()).containsAll(acknowledged);
            assertThat(rowsByFile.values()).containsOnly((long) ROWS_PER_FILE);
            assertThat(again.rows("SELECT count(*) FROM lake.main.t").get(0))
                    .containsExactly((long) rowsByFile.size() * ROWS_PER_FILE);
        }
    }
}
