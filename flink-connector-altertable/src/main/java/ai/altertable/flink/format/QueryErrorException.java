package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.regex.Pattern;

/** The server reported, by a line {@code {"error": …}}, that the query failed. */
public final class QueryErrorException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Enough for what is wrong; a server may quote a whole statement. */
    private static final int MAX_BYTES = 2048;

    /** A message is one line, so that no server can write lines of its own into a log. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");

    private final long line;
    private final String words;

    static QueryErrorException of(long line, String words) {
        String printable = NOT_PRINTABLE.matcher(words).replaceAll(" ").strip();
        return new QueryErrorException(printable.isEmpty() ? "(no words)" : cut(printable), line);
    }

    private QueryErrorException(String words, long line) {
        super("The query failed, as line " + line + " of the answer says: " + words);
        this.line = line;
        this.words = words;
    }

    /** At most so many bytes, and no half character. */
    private static String cut(String words) {
        byte[] bytes = words.getBytes(UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return words;
        }
        int end = MAX_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }

    /** The number of the line in the answer; the first is 1. */
    public long line() {
        return line;
    }

    /** The server's own words in one line, at most their first 2 kB. */
    public String words() {
        return words;
    }
}
