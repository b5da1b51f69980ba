package ai.altertable.flink.format;

import org.apache.flink.table.types.logical.LogicalType;

/** BOOLEAN: {@code true} and {@code false}, quoted or not. */
final class BooleanDecoder extends ValueDecoder {

    BooleanDecoder(LogicalType type, String column) {
        super(type, column);
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        if (b[at] == 't' && b[at + 1] == 'r' && b[at + 2] == 'u' && b[at + 3] == 'e') {
            out.setWord(index, 1);
            return at + 4;
        }
        boolean isFalse =
                b[at] == 'f'
                        && b[at + 1] == 'a'
                        && b[at + 2] == 'l'
                        && b[at + 3] == 's'
                        && b[at + 4] == 'e';
        out.setWord(index, 0);
        return isFalse ? at + 5 : UNREAD;
    }

    @Override
    protected void fromBoolean(boolean value, Cells out, int index) {
        out.setWord(index, value ? 1 : 0);
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        switch (text) {
            case "true" -> fromBoolean(true, out, index);
            case "false" -> fromBoolean(false, out, index);
            default -> throw new Refusal("a string that is neither true nor false");
        }
    }
}
