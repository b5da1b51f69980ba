package ai.altertable.flink.format;

import java.nio.charset.StandardCharsets;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * CHAR and VARCHAR: the text of a string. A surrogate without its other half, which only an escape
 * can bring, becomes U+FFFD. Anything else but null is JSON that a server put into the line as it
 * is: its text is the value.
 */
final class TextDecoder extends ValueDecoder {

    private final FastText text = new FastText();

    TextDecoder(LogicalType type, String column) {
        super(type, column);
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        int start = at + 1;
        if (b[at] != '"') {
            return UNREAD;
        }
        int end = FastText.endOfPlain(b, start);
        if (b[end] == '"') {
            out.setBytes(index, b, start, end - start);
            return end + 1;
        }
        end = text.read(b, start, end);
        if (end == UNREAD) {
            return UNREAD;
        }
        text.into(out, index);
        return end;
    }

    @Override
    protected void fromText(String value, Cells out, int index) {
        out.setBytes(index, wellFormed(value).getBytes(StandardCharsets.UTF_8));
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
    protected void fromNumber(String number, Cells out, int index) {
        fromText(number, out, index);
    }

    @Override
    protected void fromBoolean(boolean value, Cells out, int index) {
        fromText(String.valueOf(value), out, index);
    }

    @Override
    protected void fromArray(StrictLine in, Cells out, int index) throws MalformedRowException {
        fromText(in.raw(), out, index);
    }

    @Override
    protected void fromObject(StrictLine in, Cells out, int index) throws MalformedRowException {
        fromText(in.raw(), out, index);
    }
}
