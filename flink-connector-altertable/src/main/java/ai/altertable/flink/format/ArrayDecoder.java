package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.ArrayType;

/** ARRAY: an array of JSON. */
final class ArrayDecoder extends ValueDecoder {

    /** How many elements there is room for at first. */
    private static final int USUAL_SIZE = 16;

    private final ValueDecoder element;

    ArrayDecoder(ArrayType type, String column) {
        super(type, column);
        this.element = ValueDecoder.of(type.getElementType(), column + "[]");
    }

    @Override
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
        if (b[at] != '[') {
            return UNREAD;
        }
        int i = behindBlanks(b, at + 1);
        GenericRowData elements = new GenericRowData(USUAL_SIZE);
        int size = 0;
        if (b[i] != ']') {
            byte separator;
            do {
                if (size == elements.getArity()) {
                    elements = copy(elements, new GenericRowData(size * 2));
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
        Object[] values = new Object[size];
        for (int k = 0; k < size; k++) {
            values[k] = elements.getField(k);
        }
        out.setField(index, new GenericArrayData(values));
        return b[i] == ']' ? i + 1 : UNREAD;
    }

    private static GenericRowData copy(GenericRowData from, GenericRowData to) {
        for (int i = 0; i < from.getArity(); i++) {
            to.setField(i, from.getField(i));
        }
        return to;
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
