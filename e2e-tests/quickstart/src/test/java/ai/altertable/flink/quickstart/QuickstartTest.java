package ai.altertable.flink.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Quickstart.run(out, out, false, args);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void streamsOrdersIntoTheLakehouseAndReadsThemBack() {
        assertThat(run("--port", "0")).as(printed()).isZero();

        assertThat(printed())
                .containsPattern("  [\\d,]+ of 200,000 rows, [\\d,]+ rows/s, \\d+ s\n")
                .containsOnlyOnce("  200,000 of 200,000 rows, done after ")
                .doesNotContain("\r")
                .containsPattern("orders +smallest +largest\n.*\n +200000 ")
                .containsPattern("DE +\\d+ +\\d+\\.\\d\\d")
                .contains("Next: your own script");
        assertThat(Pattern.compile("  ([\\d,]+) of 200,000 rows").matcher(printed()).results())
                .map(line -> Integer.parseInt(line.group(1).replace(",", "")))
                .isSorted()
                .allMatch(rows -> rows <= 200_000);
    }

    @Test
    void runsAScriptOfOnesOwn(@TempDir Path folder) throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("my.sql"),
                        "SET 'execution.runtime-mode' = 'batch'; -- a comment; it ends nothing\n"
                                + "SELECT SUM(n) AS total FROM (VALUES (1), (2)) AS t (n);\n"
                                + "SELECT ';' AS semicolon, CAST(NULL AS INT) AS nothing");

        assertThat(run("--port", "0", script.toString())).as(printed()).isZero();
        assertThat(printed()).contains("total\n  -----\n  3\n").contains("semicolon  nothing");
    }

    @Test
    void saysWhatIsWrongWithAScript(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("my.sql"), "SELECT nosuch");

        assertThat(run("--port", "0", script.toString())).isEqualTo(1);
        assertThat(printed()).containsOnlyOnce("'nosuch'").doesNotContain("\tat ");
        assertThat(run("--port", "0", folder.resolve("no.sql").toString())).isEqualTo(1);
        assertThat(printed()).contains("there is no file");
    }

    @Test
    void saysWhyAJobFailed(@TempDir Path folder) throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("my.sql"),
                        "CREATE TABLE t (id INT) WITH ('connector' = 'altertable',"
                                + " 'url' = 'http://127.0.0.1:15000', 'catalog' = 'lake',"
                                + " 'table' = 'missing', 'username' = 'altertable',"
                                + " 'password' = 'altertable');\n"
                                + "INSERT INTO t VALUES (1)");

        assertThat(run("--port", "0", script.toString())).isEqualTo(1);
        assertThat(printed())
                .contains("quickstart: Option 'table' is missing: the schema has no such table")
                .doesNotContain("\tat ", "Recovery is suppressed");
    }

    @Test
    void showsTheBeginningOfAStreamThatHasNoEnd(@TempDir Path folder) throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("my.sql"),
                        "CREATE TEMPORARY TABLE clicks (n INT) WITH ('connector' = 'datagen',"
                                + " 'fields.n.min' = '1', 'fields.n.max' = '2');\n"
                                + "SELECT n, COUNT(*) AS clicks FROM clicks GROUP BY n");

        assertThat(run("--port", "0", script.toString())).as(printed()).isZero();
        assertThat(printed()).containsPattern("  op  n  clicks\n").contains("the first 20\n");
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        assertThat(run("--colour")).isEqualTo(2);
        assertThat(run("--port", "x")).isEqualTo(2);
        assertThat(run("--port", "65536")).isEqualTo(2);
        assertThat(run("one.sql", "two.sql")).isEqualTo(2);
        assertThat(printed()).contains("there is no flag --colour").contains("usage:");
    }

    @Test
    void namesTheFlagWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--port", Integer.toString(taken.getLocalPort()))).isEqualTo(1);
        }
        assertThat(printed()).contains("--port names another");
    }
}
