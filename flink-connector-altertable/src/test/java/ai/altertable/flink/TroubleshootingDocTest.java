package ai.altertable.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that docs/troubleshooting.md explains are those of the code. */
class TroubleshootingDocTest {

    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    @Test
    void explainsMessagesOfTheCode() throws IOException {
        String code = code();
        List<String> messages =
                MESSAGE.matcher(DocPage.of("troubleshooting.md").text())
                        .results()
                        .map(match -> match.group(1))
                        .toList();

        assertThat(messages).hasSizeGreaterThan(10).allSatisfy(m -> assertThat(code).contains(m));
    }

    /** All sources, with texts that go over several lines put together. */
    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            String all =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(TroubleshootingDocTest::read)
                            .collect(Collectors.joining("\n"));
            return all.replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
