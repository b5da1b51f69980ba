package ai.altertable.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of docs/, parts of which are made or run by tests. */
public record DocPage(Path path) {

    private static final String END = "<!-- end -->\n";

    public static DocPage of(String name) {
        return new DocPage(Path.of("..", "docs", name));
    }

    public String text() throws IOException {
        return Files.readString(path);
    }

    /** The part that the test makes; or, asked to, writes it. */
    public void checkMade(String test, String made) throws IOException {
        String begin = "<!-- begin: made by " + test + " -->\n";
        String text = text();
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(END, from);
        if (Boolean.getBoolean("docs.regenerate")) {
            Files.writeString(path, text.substring(0, from) + made + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(made);
    }

    /** The part is what stands between {@code // begin} and {@code // end} in a source file. */
    public void checkShows(String test, Path example) throws IOException {
        String source = Files.readString(example);
        String begin = "    // begin\n";
        String shown =
                source.substring(
                                source.indexOf(begin) + begin.length(),
                                source.indexOf("    // end"))
                        .stripTrailing()
                        .stripIndent();
        checkMade(test, "```java\n" + shown + "\n```\n");
    }

    /** The statements that are marked to be run for this, in their order. */
    public List<String> statements(String mark) throws IOException {
        Matcher blocks =
                Pattern.compile("<!-- run: " + mark + " -->\n```sql\n(.*?)```", Pattern.DOTALL)
                        .matcher(text());
        List<String> statements = new ArrayList<>();
        while (blocks.find()) {
            for (String statement : blocks.group(1).split(";\\s*\n")) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }
}
