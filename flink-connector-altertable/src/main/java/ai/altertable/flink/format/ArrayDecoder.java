package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.types.logical.ArrayType;

/** ARRAY: an array of JSON. */
final class ArrayDecoder extends ValueDecoder {

    private final ValueDecoder element;

    /** Collects the elements whose number is not known yet. */
    private Object[] elements = new Object[16];

    ArrayDecoder(ArrayType type, String column) {
        super(type, column);
        this.element = ValueDecoder.of(type.getElementType(), column + "[]");
    }

    @Override
    protected int fastValue(byte[] b, int at, Object[] out, int index) {
        if (b[at] != '[') {
            return UNREAD;
        }
        int i = behindBlanks(b, at + 1);
        int size = 0;
        if (b[i] != ']') {
            byte separator;
            do {
                if (size == elements.length) {
                    elements = Arrays.copyOf(elements, size * 2);
                }
                i = element.fast(b, behindBlanks(b, i), elements, size++);
                if (i == UNREAD) {
                    return UNREAD;
                }
                i = behindBlanks(b, i);
                separator = b[i++];
            } while (separator == ',');
            i--;
        }
        out[index] = new GenericArrayData(Arrays.copyOf(elements, size));
        return b[i] == ']' ? i + 1 : UNREAD;
    }

    @Override
    protected Object fromArray(StrictLine in) throws MalformedRowException {
        List<Object> values = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            values.add(element.strict(in));
        }
        return new GenericArrayData(values.toArray());
    }
}
