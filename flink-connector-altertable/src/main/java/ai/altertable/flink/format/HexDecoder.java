package ai.altertable.flink.format;

import java.util.HexFormat;
import org.apache.flink.table.types.logical.LogicalType;

/** BINARY and VARBINARY: hexadecimal digits in a string, as {@code hex(c)} gives them. */
final class HexDecoder extends ValueDecoder {

    private static final int USUAL_SIZE = 64;

    private static final byte NO_DIGIT = -1;
    private static final byte[] DIGITS = new byte[256];

    static {
        for (int i = 0; i < DIGITS.length; i++) {
            DIGITS[i] = HexFormat.isHexDigit(i) ? (byte) HexFormat.fromHexDigit(i) : NO_DIGIT;
        }
    }

    private byte[] value = new byte[USUAL_SIZE];

    HexDecoder(LogicalType type, String column) {
        super(type, column);
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
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
        int length = (end - start) / 2;
        if (value.length < length) {
            value = new byte[length];
        }
        for (int i = 0; i < length; i++) {
            int high = DIGITS[b[start + 2 * i] & 0xFF];
            int low = DIGITS[b[start + 2 * i + 1] & 0xFF];
            value[i] = (byte) (high << 4 | low);
        }
        out.setBytes(index, value, 0, length);
        if (value.length > Cells.MOST_KEPT) {
            value = new byte[USUAL_SIZE];
        }
        return end + 1;
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        try {
            out.setBytes(index, HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new Refusal("a string that is not hexadecimal");
        }
    }
}
