package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.types.logical.ArrayType;

/** ARRAY: an array of JSON. */
final class ArrayDecoder extends ValueDecoder {

    private final Elements elements;

    ArrayDecoder(ArrayType type, String column) {
        super(type, column);
        this.elements = new Elements(type.getElementType(), column + "[]");
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        if (b[at] != '[') {
            return UNREAD;
        }
        elements.clear();
        int i = behindBlanks(b, at + 1);
        if (b[i] != ']') {
            byte separator;
            do {
                i = elements.fast(b, behindBlanks(b, i));
                if (i == UNREAD) {
                    return UNREAD;
                }
                i = behindBlanks(b, i);
                separator = b[i++];
            } while (separator == ',');
            i--;
        }
        if (b[i] != ']') {
            return UNREAD;
        }
        out.setArray(index, elements);
        return i + 1;
    }

    @Override
    protected void fromArray(StrictLine in, Cells out, int index) throws MalformedRowException {
        elements.clear();
        while (in.next() != JsonToken.END_ARRAY) {
            elements.strict(in);
        }
        out.setArray(index, elements);
    }
}
