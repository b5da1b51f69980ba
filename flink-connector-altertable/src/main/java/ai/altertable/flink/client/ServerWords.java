package ai.altertable.flink.client;

import ai.altertable.flink.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a server says about a failure, made fit for a message. */
public final class ServerWords {

    /** What is kept. */
    static final int MAX_BYTES = 2048;

    /** What is read: JSON may stand around the words. */
    static final int MAX_BYTES_READ = 16 * 1024;

    /** DuckDB cites the statement behind its words; the statement may hold values of rows. */
    private static final Pattern CITED_STATEMENT = Pattern.compile("(?s)\\s*\\bLINE \\d+: .*");

    /** A message is one line, so that nobody can write lines of their own into a log. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\s]+");

    private ServerWords() {}

    /** The words in the body of an answer, in JSON or not. */
    static String of(byte[] body, Credentials credentials) {
        String words =
                JsonTree.object(body)
                        .flatMap(ServerWords::ofJson)
                        .orElseGet(() -> new String(body, StandardCharsets.UTF_8));
        return clean(words, credentials);
    }

    static Optional<String> ofJson(Map<String, Object> answer) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("message", "error", "error_code", "details")) {
            Object value = answer.get(name);
            if (value instanceof Map<?, ?> nested) {
                Object inner = nested.get("message");
                value = inner == null ? nested : inner;
            }
            if (value != null && !value.toString().isBlank() && !parts.contains(value.toString())) {
                parts.add(value.toString());
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    /** Without secrets, without the statement, in one line, and short. */
    static String clean(String words, Credentials credentials) {
        return clean(credentials.mask(words));
    }

    /** Without the statement, in one line, and short. */
    public static String clean(String words) {
        String cited = CITED_STATEMENT.matcher(words).replaceFirst("");
        String line = NOT_PRINTABLE.matcher(cited).replaceAll(" ").strip();
        return line.isEmpty() ? "(no words)" : cut(line);
    }

    /** At most so many bytes, and no half character. */
    private static String cut(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return line;
        }
        int end = MAX_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
