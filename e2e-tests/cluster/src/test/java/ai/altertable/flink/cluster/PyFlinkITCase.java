package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example for Python does what it says. It takes a Python that has PyFlink, of some 1 GB; the
 * environment variable {@code PYFLINK_PYTHON} names it.
 */
class PyFlinkITCase {

    private static final Path PAGE = Path.of("..", "..", "docs", "pyflink.md");

    @Test
    void runsTheExample(@TempDir Path folder) throws Exception {
        String python = System.getenv("PYFLINK_PYTHON");
        assumeTrue(
                python != null,
                "SKIPPED: the example for Python; PYFLINK_PYTHON names no Python with PyFlink");
        try (LakehouseProcess lakehouse = new LakehouseProcess(folder.resolve("lakehouse"))) {
            lakehouse.awaitServing();
            Path script = Files.writeString(folder.resolve("example.py"), example(lakehouse));

            Process process =
                    new ProcessBuilder(python, script.toString()).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("Bob").doesNotContain("Ada");
            assertThat(lakehouse.rows("FROM lake.main.orders ORDER BY order_id").toString())
                    .isEqualTo("[[1,\"Ada\",12.5], [2,\"Bob\",99.99]]");
        }
    }

    private static String example(LakehouseProcess lakehouse) throws Exception {
        String page = Files.readString(PAGE);
        String begin = "```python\n";
        int from = page.indexOf(begin) + begin.length();
        String example = page.substring(from, page.indexOf("```", from));
        for (List<String> change :
                List.of(
                        List.of(
                                "file:///opt/flink-sql-connector-altertable.jar",
                                TestBed.CONNECTOR.toRealPath().toUri().toString()),
                        List.of("https://api.altertable.ai", lakehouse.url().toString()),
                        List.of("'me'", "'" + LakehouseProcess.USER + "'"),
                        List.of("'secret'", "'" + LakehouseProcess.USER + "'"))) {
            assertThat(example).contains(change.get(0));
            example = example.replace(change.get(0), change.get(1));
        }
        return example;
    }
}
