package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A line as the tokens of strict JSON. This is what decides which lines are accepted; the fast way
 * over the bytes only saves coming here.
 */
final class StrictLine {

    /**
     * Names may be keys of a MAP, so they are data: remembering them would fill the table of a
     * whole JVM. Strings may be as long as the line, whose length is bounded by who reads it.
     */
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final long number;
    private final char[] chars;
    private final int length;
    private final JsonParser parser;

    private StrictLine(long number, char[] chars, int length) throws IOException {
        this.number = number;
        this.chars = chars;
        this.length = length;
        this.parser = JSON.createParser(chars, 0, length);
    }

    /** Stands on the first token of the line. */
    static StrictLine open(long number, byte[] bytes, int start, int end) throws IOException {
        var text = StandardCharsets.UTF_8.newDecoder();
        try {
            var chars = text.decode(ByteBuffer.wrap(bytes, start, end - start));
            StrictLine line = new StrictLine(number, chars.array(), chars.limit());
            line.next();
            return line;
        } catch (CharacterCodingException e) {
            throw new MalformedRowException(number, "its bytes are not UTF-8");
        }
    }

    /** The same line from its first token. */
    StrictLine again() throws IOException {
        StrictLine line = new StrictLine(number, chars, length);
        line.next();
        return line;
    }

    long number() {
        return number;
    }

    /** The token that the line stands on; null behind its end. */
    JsonToken token() {
        return parser.currentToken();
    }

    JsonToken next() throws MalformedRowException {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw noJson();
        }
    }

    /** The line must end behind the value that it stands on. */
    void end() throws MalformedRowException {
        if (next() != null) {
            throw noJson();
        }
    }

    void skip() throws MalformedRowException {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw noJson();
        }
    }

    /** The text of a name, a string, or a number as it is written. */
    String text() throws MalformedRowException {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw noJson();
        }
    }

    /** The value that the line stands on as it is written; then the line stands on its end. */
    String raw() throws MalformedRowException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        skip();
        int to = (int) parser.currentLocation().getCharOffset();
        return new String(chars, from, to - from);
    }

    MalformedRowException malformed(String reason) {
        return new MalformedRowException(number, reason);
    }

    private MalformedRowException noJson() {
        return malformed("it is not JSON");
    }
}
