package ai.altertable.flink.format;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;

/** BOOLEAN: {@code true} and {@code false}, quoted or not. */
final class BooleanDecoder extends ValueDecoder {

    BooleanDecoder(LogicalType type, String column) {
        super(type, column);
    }

    @Override
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
        if (b[at] == 't' && b[at + 1] == 'r' && b[at + 2] == 'u' && b[at + 3] == 'e') {
            out.setField(index, Boolean.TRUE);
            return at + 4;
        }
        boolean isFalse =
                b[at] == 'f'
                        && b[at + 1] == 'a'
                        && b[at + 2] == 'l'
                        && b[at + 3] == 's'
                        && b[at + 4] == 'e';
        out.setField(index, Boolean.FALSE);
        return isFalse ? at + 5 : UNREAD;
    }

    @Override
    protected Object fromBoolean(boolean value) {
        return value;
    }

    @Override
    protected Object fromText(String text) throws Refusal {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refusal("a string that is neither true nor false");
        };
    }
}
