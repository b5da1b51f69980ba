package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/types.md shows the table of the code. After a change to the table: {@code ./mvnw -pl
 * flink-connector-altertable test -Dtest=TypesDocTest -Ddocs.regenerate=true}
 */
class TypesDocTest {

    private static final Path PAGE = Path.of("..", "docs", "types.md");
    private static final String BEGIN = "<!-- begin: made by TypesDocTest -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void showsTheTableOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("docs.regenerate")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end)).isEqualTo(table());
    }

    private static String table() {
        return "| Flink | created as | written into | read from | selected as |\n"
                + "|---|---|---|---|---|\n"
                + Arrays.stream(ScalarMapping.values())
                        .map(TypesDocTest::line)
                        .collect(Collectors.joining());
    }

    private static String line(ScalarMapping mapping) {
        return "| "
                + String.join(
                        " | ",
                        mapping.flinkTypes,
                        mapping.ddl,
                        mapping.written,
                        mapping.read,
                        "`" + mapping.select.pattern.replace("$", "c") + "`")
                + " |\n";
    }
}
