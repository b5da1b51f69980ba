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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) {
        return Quickstart.run(new PrintStream(printed, true, StandardCharsets.UTF_8), false, args);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void streamsOrdersIntoTheLakehouseAndReadsThemBack() {
        assertThat(run("--port", "0")).as(printed()).isZero();

        assertThat(printed())
                .contains("rows taken in")
                .containsPattern("orders +smallest +largest\n.*\n +200000 ")
                .containsPattern("DE +\\d+ +\\d+\\.\\d\\d")
                .contains("Next: your own script");
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
        assertThat(printed()).contains("nosuch").doesNotContain("\tat ");
        assertThat(run("--port", "0", folder.resolve("no.sql").toString())).isEqualTo(1);
        assertThat(printed()).contains("there is no file");
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        assertThat(run("--colour")).isEqualTo(2);
        assertThat(run("--port", "x")).isEqualTo(2);
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
