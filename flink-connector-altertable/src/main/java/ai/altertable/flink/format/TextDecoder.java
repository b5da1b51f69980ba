package ai.altertable.flink.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * CHAR and VARCHAR: the text of a string. A surrogate without its other half, which only an escape
 * can bring, becomes U+FFFD. Anything else but null is JSON that a server put into the line as it
 * is: its text is the value.
 */
final class TextDecoder extends ValueDecoder {

    private final FastText text = new FastText();

    private final RepeatedText repeated = new RepeatedText();

    TextDecoder(LogicalType type, String column) {
        super(type, column);
    }

    @Override
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
        int start = at + 1;
        if (b[at] != '"') {
            return UNREAD;
        }
        int end = FastText.endOfPlain(b, start);
        if (b[end] == '"') {
            out.setField(index, plain(b, start, end));
            return end + 1;
        }
        end = text.read(b, start, end);
        if (end == UNREAD) {
            return UNREAD;
        }
        out.setField(index, StringData.fromBytes(text.bytes()));
        return end;
    }

    private StringData plain(byte[] b, int start, int end) {
        int length = end - start;
        return repeated.pays && length <= RepeatedText.MAX_LENGTH
                ? repeated.get(b, start, length)
                : copy(b, start, end);
    }

    static StringData copy(byte[] b, int start, int end) {
        return StringData.fromBytes(Arrays.copyOfRange(b, start, end));
    }

    @Override
    protected Object fromText(String value) {
        return StringData.fromBytes(wellFormed(value).getBytes(StandardCharsets.UTF_8));
    }

    private static String wellFormed(String value) {
        StringBuilder repaired = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean paired =
                    i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1));
            if (paired) {
                i++;
                continue;
            }
            if (repaired == null) {
                repaired = new StringBuilder(value);
            }
            repaired.setCharAt(i, '\uFFFD');
        }
        return repaired == null ? value : repaired.toString();
    }

    @Override
    protected Object fromNumber(String number) {
        return fromText(number);
    }

    @Override
    protected Object fromBoolean(boolean value) {
        return fromText(String.valueOf(value));
    }

    @Override
    protected Object fromArray(StrictLine in) throws MalformedRowException {
        return fromText(in.raw());
    }

    @Override
    protected Object fromObject(StrictLine in) throws MalformedRowException {
        return fromText(in.raw());
    }
}
