package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The lines of an answer that are no rows: the metadata, the columns, and an error anywhere. */
final class ProtocolLines {

    private static final String ERROR = "error";

    private ProtocolLines() {}

    /** The first line: an object of which no key is required. */
    static void metadata(StrictLine line) throws IOException {
        if (line.token() != JsonToken.START_OBJECT) {
            throw line.malformed("it is the first, but no object of metadata");
        }
        // Metadata may well say that there is no error.
        Error error = error(line);
        if (error.words != null) {
            throw error.exception(line);
        }
    }

    /**
     * The second line: the columns as objects that have a name, or their names alone.
     *
     * @param expected how many columns were selected
     * @return whether rows may follow; a server may name no columns when there are no rows
     */
    static boolean columns(StrictLine line, int expected) throws IOException {
        if (line.token() == JsonToken.START_OBJECT) {
            Error error = error(line);
            throw error.isThere ? error.exception(line) : line.malformed("it names no columns");
        } else if (line.token() != JsonToken.START_ARRAY) {
            throw line.malformed("it names no columns");
        }
        int count = 0;
        while (line.next() != JsonToken.END_ARRAY) {
            column(line);
            count++;
        }
        line.end();
        if (count != expected && count != 0) {
            throw line.malformed("it names " + count + " columns, not " + expected);
        }
        return count == expected;
    }

    private static void column(StrictLine line) throws MalformedRowException {
        boolean named = line.token() == JsonToken.VALUE_STRING;
        if (line.token() == JsonToken.START_OBJECT) {
            while (line.next() != JsonToken.END_OBJECT) {
                boolean isName = line.text().equals("name");
                named |= line.next() == JsonToken.VALUE_STRING && isName;
                line.skip();
            }
        }
        if (!named) {
            throw line.malformed("it has a column without a name");
        }
    }

    /**
     * Throws if an object in place of a row is the server's error. A column may be called {@code
     * error} too; an object that has nothing else is not taken for its row all the same, since a
     * lost error would pass for data.
     */
    static void throwIfError(StrictLine line, StructDecoder row) throws IOException {
        Error error = error(line);
        if (error.isThere && (error.isAlone || !row.hasField(ERROR))) {
            throw error.exception(line);
        }
    }

    /** Throws if an object, where no rows are expected, is the server's error. */
    static void throwIfError(StrictLine line) throws IOException {
        Error error = error(line);
        if (error.isThere) {
            throw error.exception(line);
        }
    }

    /**
     * @param isThere whether the object has the key at all
     * @param isAlone whether it has no other
     * @param words null if the value is
     */
    private record Error(boolean isThere, boolean isAlone, String words) {
        QueryErrorException exception(StrictLine line) {
            return QueryErrorException.of(line.number(), words == null ? "" : words);
        }
    }

    /** Reads an object to the end of its line. */
    private static Error error(StrictLine line) throws MalformedRowException {
        boolean isThere = false;
        String words = null;
        int names = 0;
        while (line.next() != JsonToken.END_OBJECT) {
            names++;
            boolean isError = !isThere && line.text().equals(ERROR);
            JsonToken value = line.next();
            if (isError) {
                isThere = true;
                words =
                        switch (value) {
                            case VALUE_NULL -> null;
                            case VALUE_STRING -> line.text();
                            default -> line.raw();
                        };
            } else {
                line.skip();
            }
        }
        line.end();
        return new Error(isThere, names == 1, words);
    }
}
