package ai.altertable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainITCase {

    private static final int EXIT_OF_SIGTERM = 143;

    @TempDir Path folder;

    @Test
    void explainsItself() throws Exception {
        assertThat(LocalProcess.running("--help")).startsWith("exit 0\n").contains("--storage");
        assertThat(LocalProcess.running("--version"))
                .matches("exit 0\naltertable-local \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void namesTheMistake() throws Exception {
        assertThat(LocalProcess.running("--colour"))
                .startsWith("exit 2\n")
                .contains("there is no flag --colour")
                .doesNotContain("at ai.altertable");

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(LocalProcess.running("--port", port))
                    .startsWith("exit 1\n")
                    .contains("port " + port, "is taken")
                    .doesNotContain("at ai.altertable");
        }
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(LocalProcess.running("--port", "0", "--data", file.toString()))
                .startsWith("exit 1\n")
                .contains("--data")
                .doesNotContain("at ai.altertable");
        Files.writeString(folder.resolve("lake.duckdb"), "this is no database, not in any way");
        assertThat(LocalProcess.running("--port", "0", "--data", folder.toString()))
                .startsWith("exit 1\n")
                .contains("catalog 'lake'")
                .doesNotContain("at ai.altertable");
    }

    @Test
    void namesTheStorageThatADataFolderWasMadeWith() throws Exception {
        AltertableLocal.builder().data(folder).start().close();
        assertThat(
                        LocalProcess.running(
                                "--port",
                                "0",
                                "--data",
                                folder.toString(),
                                "--storage",
                                "ducklake"))
                .startsWith("exit 1\n")
                .contains("lake.duckdb, made with --storage duckdb")
                .doesNotContain("at ai.altertable");
        assertThat(folder).isDirectoryNotContaining("glob:**lake.files");

        Path lake = Files.createDirectory(folder.resolve("other"));
        Files.createFile(lake.resolve("lake.ducklake"));
        assertThat(LocalProcess.running("--port", "0", "--data", lake.toString()))
                .contains("lake.ducklake, made with --storage ducklake");
        assertThat(lake).isDirectoryNotContaining("glob:**lake.duckdb");
    }

    @Test
    void twoServersDoNotShareADataFolder() throws Exception {
        try (LocalProcess first =
                LocalProcess.serving("--port", "0", "--data", folder.toString())) {
            assertThat(first.url()).isNotNull();
            assertThat(LocalProcess.running("--port", "0", "--data", folder.toString()))
                    .startsWith("exit 1\n")
                    .contains("is in use by another server");
            String[] other = {"--port", "0", "--data", folder.toString(), "--catalog", "other"};
            assertThat(LocalProcess.running(other)).contains("is in use by another server");

            first.http().query("CREATE TABLE lake.main.t AS SELECT 1 AS a");
            assertThat(first.http().query("FROM lake.main.t").body()).contains("[1]");
            assertThat(statusOfUpload(first.http())).isEqualTo(200);
        }
    }

    /**
     * Without a password of its own in the flags, and with one, which curl or the shell ask for.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port=0",
                "--port=0 --api=1",
                "--port=0 --api=1 --user=o'brien:p:w --user=a:b --user=c:d"
            })
    void theCurlLineOfTheGreetingWorks(String flags) throws Exception {
        assumeTrue(onPath("curl"), "SKIPPED: there is no curl on this machine");
        try (LocalProcess lakehouse = LocalProcess.serving(flags.split(" "))) {
            String curl =
                    lakehouse.greeting().stream()
                            .filter(line -> line.contains("curl "))
                            .findFirst()
                            .orElseThrow();
            Process process = new ProcessBuilder("sh", "-c", curl.strip() + " --silent").start();
            try (OutputStream keyboard = process.getOutputStream()) {
                keyboard.write("p:w\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException nothingWasAsked) {
                assertThat(flags).doesNotContain("--user");
            }
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).isZero();
            assertThat(output).endsWith("[42]\n");
            assertThat(curl).doesNotContain("p:w");
        }
    }

    private static boolean onPath(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }

    @Test
    void sigtermLetsARunningUploadEndAndKeepsIt() throws Exception {
        try (LocalProcess lakehouse =
                LocalProcess.serving("--port", "0", "--data", folder.toString(), "--control")) {
            Http http = lakehouse.http();
            http.query("CREATE TABLE lake.main.t (id BIGINT)");
            http.post(
                    "/_control/faults",
                    BodyPublishers.ofString(
                            "{\"action\":\"delay\",\"delay_ms\":1500,\"path\":\"/upload\"}"));
            CompletableFuture<Integer> upload =
                    CompletableFuture.supplyAsync(() -> statusOfUpload(http));
            Await.until("the upload is taken up", () -> http.get("/_control/faults").isEmpty());

            assertThat(lakehouse.terminate()).isEqualTo(EXIT_OF_SIGTERM);
            assertThat(upload.join()).isEqualTo(200);
        }
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("spool-"));
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".wal"));
        try (AltertableLocal again = AltertableLocal.builder().data(folder).start()) {
            assertThat(again.rows("FROM lake.main.t").get(0)).containsExactly(7L);
        }
    }

    private static int statusOfUpload(Http http) {
        try {
            return http.upload("catalog=lake&schema=main&table=t&mode=append", "{\"id\":7}")
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void twentyMillionRowsPassThroughASmallHeap() throws Exception {
        try (LocalProcess lakehouse = LocalProcess.servingIn(64, "--port", "0")) {
            var response =
                    Http.exchange(
                            lakehouse
                                    .http()
                                    .request("/query")
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"statement\":\"SELECT i, 'name ' || i FROM"
                                                            + " range(20000000) t(i)\"}"))
                                    .build(),
                            BodyHandlers.ofLines());

            assertThat(response.body().count()).isEqualTo(20_000_002);
            assertThat(peakMemoryMegabytes(lakehouse.pid())).isLessThan(1000);
        }
    }

    @Test
    void aGigabyteIsLoadedThroughASmallHeap() throws Exception {
        try (LocalProcess lakehouse = LocalProcess.servingIn(64, "--port", "0")) {
            Http http = lakehouse.http();
            http.query("CREATE TABLE lake.main.t (id BIGINT)");

            HttpResponse<String> answer =
                    http.post("/upload?catalog=lake&schema=main&table=t&mode=append", gigabyte());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(http.query("SELECT count(*), sum(id) FROM lake.main.t").body())
                    .endsWith("[16384,114688]\n");
            assertThat(peakMemoryMegabytes(lakehouse.pid())).isLessThan(1500);
        }
    }

    @Test
    void aGigabyteThatIsNoFileIsRefused() throws Exception {
        try (LocalProcess lakehouse = LocalProcess.servingIn(256, "--port", "0")) {
            Http http = lakehouse.http();
            try {
                assertThat(http.post("/query", gigabyte()).statusCode()).isEqualTo(413);
            } catch (IOException hungUpWhileSending) {
                // A server may stop to listen once it has refused.
            }
            assertThat(http.query("SELECT 42 AS answer").body()).endsWith("[42]\n");
        }
    }

    /** 16384 rows of 64 KiB, most of each in a key that no table has. */
    private static BodyPublisher gigabyte() {
        String start = "{\"id\":7,\"pad\":\"";
        String end = "\"}\n";
        String row = start + "x".repeat(64 * 1024 - start.length() - end.length()) + end;
        byte[] bytes = row.getBytes(StandardCharsets.US_ASCII);
        return BodyPublishers.ofByteArrays(() -> Collections.nCopies(16_384, bytes).iterator());
    }

    /** The most that the process has ever held, on Linux; elsewhere the heap alone is the limit. */
    private static long peakMemoryMegabytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
