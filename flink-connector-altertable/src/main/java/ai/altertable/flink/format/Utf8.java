package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are well-formed UTF-8, as Unicode defines it: no overlong forms, no surrogates. */
final class Utf8 {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    static boolean isValid(byte[] text, int from, int to) {
        int i = from;
        while (i < to) {
            if (i + Long.BYTES <= to && ((long) LONG.get(text, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
            } else if (text[i] >= 0) {
                i++;
            } else {
                int length = length(text, i, to);
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return true;
    }

    /** Bytes of the character that begins at i with a byte above 127; 0 when it is not UTF-8. */
    static int length(byte[] text, int i, int to) {
        int first = text[i] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || i + length > to) {
            return 0;
        }
        for (int k = 1; k < length; k++) {
            if ((text[i + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = text[i + 1] & 0xff;
        boolean wellFormed =
                switch (first) {
                    case 0xe0 -> second >= 0xa0;
                    case 0xed -> second < 0xa0;
                    case 0xf0 -> second >= 0x90;
                    case 0xf4 -> second < 0x90;
                    default -> true;
                };
        return wellFormed ? length : 0;
    }
}
