package ai.altertable.flink.format;

import java.util.HexFormat;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;

/** BINARY and VARBINARY: hexadecimal digits in a string, as {@code hex(c)} gives them. */
final class HexDecoder extends ValueDecoder {

    private static final byte NO_DIGIT = -1;
    private static final byte[] DIGITS = new byte[256];

    static {
        for (int i = 0; i < DIGITS.length; i++) {
            DIGITS[i] = HexFormat.isHexDigit(i) ? (byte) HexFormat.fromHexDigit(i) : NO_DIGIT;
        }
    }

    HexDecoder(LogicalType type, String column) {
        super(type, column);
    }

    @Override
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
        int start = at + 1;
        if (b[at] != '"') {
            return UNREAD;
        }
        int end = start;
        while (DIGITS[b[end] & 0xFF] != NO_DIGIT) {
            end++;
        }
        if (b[end] != '"' || (end - start) % 2 != 0) {
            return UNREAD;
        }
        byte[] value = new byte[(end - start) / 2];
        for (int i = 0; i < value.length; i++) {
            int high = DIGITS[b[start + 2 * i] & 0xFF];
            int low = DIGITS[b[start + 2 * i + 1] & 0xFF];
            value[i] = (byte) (high << 4 | low);
        }
        out.setField(index, value);
        return end + 1;
    }

    @Override
    protected Object fromText(String text) throws Refusal {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal("a string that is not hexadecimal");
        }
    }
}
