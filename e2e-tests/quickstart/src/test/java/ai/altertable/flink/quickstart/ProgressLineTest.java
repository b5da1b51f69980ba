package ai.altertable.flink.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private String printed(boolean terminal, String... texts) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (ProgressLine line = new ProgressLine(out, terminal)) {
            for (String text : texts) {
                line.show(text);
            }
        }
        out.print("next");
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void writesOverItselfOnATerminal() {
        assertThat(printed(true, "100 rows", "1 row")).isEqualTo("\r100 rows\r1 row   \nnext");
    }

    @Test
    void isALineEachTimeElsewhere() {
        assertThat(printed(false, "100 rows", "1 row")).isEqualTo("100 rows\n1 row\nnext");
    }

    @Test
    void leavesNothingWhereNothingWasShown() {
        assertThat(printed(true)).isEqualTo("next");
    }
}
