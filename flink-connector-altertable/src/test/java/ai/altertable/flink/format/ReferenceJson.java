package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A tree of JSON that keeps every literal as it is written. */
sealed interface ReferenceJson {

    /** Whatever is not the text of one token; {@code raw} is the text of all. */
    sealed interface Raw extends ReferenceJson {
        String raw();
    }

    record Literal(String text, boolean quoted) implements ReferenceJson {}

    record Array(List<ReferenceJson> values, String raw) implements Raw {}

    record Obj(List<String> names, List<ReferenceJson> values, String raw) implements Raw {}

    /** Reads a line that holds one value; anything else throws. */
    static ReferenceJson parse(String line) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            ReferenceJson value = read(parser, line);
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
            return value;
        }
    }

    private static ReferenceJson read(JsonParser parser, String line) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("no value");
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        List<ReferenceJson> values = new ArrayList<>();
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(read(parser, line));
            }
            return new Array(values, upToHere(parser, line, start));
        } else if (token == JsonToken.START_OBJECT) {
            List<String> names = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                names.add(parser.currentName());
                parser.nextToken();
                values.add(read(parser, line));
            }
            return new Obj(names, values, upToHere(parser, line, start));
        }
        return new Literal(parser.getText(), token == JsonToken.VALUE_STRING);
    }

    private static String upToHere(JsonParser parser, String line, int start) {
        return line.substring(start, (int) parser.currentLocation().getCharOffset());
    }
}
