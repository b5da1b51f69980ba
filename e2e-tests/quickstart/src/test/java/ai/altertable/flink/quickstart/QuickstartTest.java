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

    private int run(String... args) throws InterruptedException {
        return Quickstart.run(new PrintStream(printed, true, StandardCharsets.UTF_8), false, args);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void loadsOrdersAndShowsResultsAsTables() throws Exception {
        assertThat(run("--port", "0")).as(printed()).isZero();

        assertThat(printed())
                .contains("100,000 of 100,000 orders are in")
                .contains("country  orders  revenue")
                .containsPattern("DE +\\d+ +\\d+\\.\\d+")
                .contains("Next: your own script");
    }

    @Test
    void runsAScriptOfOnesOwn(@TempDir Path folder) throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("my.sql"),
                        "SELECT count(*) AS n FROM lake.main.orders; SELECT NULL AS nothing");

        assertThat(run("--port", "0", script.toString())).as(printed()).isZero();
        assertThat(printed()).contains("n\n  ------\n  100000\n").contains("nothing");
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
    void saysWhatIsWrongWithTheArguments() throws Exception {
        assertThat(run("--colour")).isEqualTo(2);
        assertThat(run("--port", "x")).isEqualTo(2);
        assertThat(printed()).contains("there is no flag --colour").contains("usage:");
    }

    @Test
    void namesTheFlagWhenThePortIsTaken() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--port", Integer.toString(taken.getLocalPort()))).isEqualTo(1);
        }
        assertThat(printed()).contains("--port names another");
    }
}
