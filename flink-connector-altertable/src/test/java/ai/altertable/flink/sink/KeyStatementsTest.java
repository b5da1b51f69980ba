package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyStatementsTest {

    private final KeyStatements statements = new KeyStatements("BEFORE ", " AFTER");

    @Test
    void areNoneWithoutKeys() {
        assertThat(statements.take()).isEmpty();
    }

    @Test
    void holdFiveThousandKeysAtMost() {
        for (int i = 0; i < 12_000; i++) {
            statements.add("('" + i + "')");
        }

        List<String> taken = statements.take();

        assertThat(taken).hasSize(3);
        assertThat(taken.get(0)).startsWith("BEFORE ('0'),('1')").endsWith("('4999') AFTER");
        assertThat(taken.get(2)).startsWith("BEFORE ('10000'),").endsWith("('11999') AFTER");
        assertThat(statements.take()).isEmpty();
    }

    @Test
    void holdAQuarterOfAMegabyteAtMost() {
        String key = "('" + "ä".repeat(500) + "')";
        for (int i = 0; i < 1_000; i++) {
            statements.add(key);
        }

        List<String> taken = statements.take();

        assertThat(taken).hasSize(4);
        assertThat(taken)
                .allMatch(
                        text ->
                                text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                                        <= 256 * 1024);
    }

    @Test
    void holdOneKeyHoweverLongItIs() {
        statements.add("('" + "x".repeat(300_000) + "')");
        statements.add("('y')");

        assertThat(statements.take()).hasSize(2);
    }
}
