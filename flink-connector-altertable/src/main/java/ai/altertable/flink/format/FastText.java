package ai.altertable.flink.format;

import java.util.Arrays;

/** Reads the strings of JSON off the bytes: UTF-8 in, UTF-8 out, with the escapes resolved. */
final class FastText {

    private static final long QUOTES = Words.ONES * '"';
    private static final long BACKSLASHES = Words.ONES * '\\';
    private static final long BLANKS = Words.ONES * ' ';

    private static final int NO_ESCAPE = -1;
    private static final int REPLACEMENT = 0xFFFD;

    private byte[] out = new byte[256];
    private int size;

    /** The first byte from here that is a quote, a backslash, a control or not ASCII. */
    static int endOfPlain(byte[] b, int from) {
        int i = from;
        while (true) {
            long word = Words.at(b, i);
            // Taking one from a byte of zero borrows, which shows in its high bit. It may disturb
            // the bytes behind it too, but only the first find counts.
            long found =
                    (word
                                    | ((word ^ QUOTES) - Words.ONES)
                                    | ((word ^ BACKSLASHES) - Words.ONES)
                                    | (word - BLANKS))
                            & Words.HIGH_BITS;
            if (found != 0) {
                return i + Words.first(found);
            }
            i += Long.BYTES;
        }
    }

    /**
     * Reads the string that begins at {@code start}, all plain up to {@code from}.
     *
     * @return the index behind it, or less than 0 when it is no string of well-formed UTF-8
     */
    int read(byte[] b, int start, int from) {
        size = 0;
        int copied = start;
        int i = from;
        while (true) {
            byte next = b[i];
            if (next == '"') {
                append(b, copied, i);
                return i + 1;
            } else if (next == '\\') {
                append(b, copied, i);
                i = escape(b, i + 1);
                copied = i;
            } else if (next < 0) {
                i = behindCharacter(b, i);
            } else {
                return -1;
            }
            if (i < 0) {
                return -1;
            }
            i = endOfPlain(b, i);
        }
    }

    /** Hands on what was read. */
    void into(Cells cells, int index) {
        cells.setBytes(index, out, 0, size);
    }

    /** The index behind a character of two to four bytes, or less than 0 if it is malformed. */
    private static int behindCharacter(byte[] b, int i) {
        int first = b[i] & 0xFF;
        int second = b[i + 1] & 0xFF;
        if (first < 0xE0) {
            return first >= 0xC2 && isContinuation(second) ? i + 2 : -1;
        }
        if (!isContinuation(second) || !isContinuation(b[i + 2])) {
            return -1;
        }
        if (first < 0xF0) {
            boolean overlong = first == 0xE0 && second < 0xA0;
            boolean surrogate = first == 0xED && second >= 0xA0;
            return overlong || surrogate ? -1 : i + 3;
        }
        boolean overlong = first == 0xF0 && second < 0x90;
        boolean beyond = first > 0xF4 || (first == 0xF4 && second >= 0x90);
        return overlong || beyond || !isContinuation(b[i + 3]) ? -1 : i + 4;
    }

    private static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }

    /** Appends what the escape stands for; the index behind it, or less than 0. */
    private int escape(byte[] b, int i) {
        if (b[i] != 'u') {
            int plain = plainEscape(b[i]);
            if (plain == NO_ESCAPE) {
                return -1;
            }
            append(plain);
            return i + 1;
        }
        int unit = hex4(b, i + 1);
        int behind = i + 5;
        if (unit < 0) {
            return -1;
        }
        if (!Character.isSurrogate((char) unit)) {
            append(unit);
            return behind;
        }
        if (Character.isHighSurrogate((char) unit) && b[behind] == '\\' && b[behind + 1] == 'u') {
            int other = hex4(b, behind + 2);
            if (other >= 0 && Character.isLowSurrogate((char) other)) {
                append(Character.toCodePoint((char) unit, (char) other));
                return behind + 6;
            }
        }
        append(REPLACEMENT);
        return behind;
    }

    private static int plainEscape(byte b) {
        return switch (b) {
            case '"', '\\', '/' -> b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> NO_ESCAPE;
        };
    }

    private static int hex4(byte[] b, int i) {
        int value = 0;
        for (int k = 0; k < 4; k++) {
            int digit = Character.digit(b[i + k], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void append(byte[] b, int from, int to) {
        ensure(to - from);
        System.arraycopy(b, from, out, size, to - from);
        size += to - from;
    }

    private void append(int codePoint) {
        ensure(4);
        if (codePoint < 0x80) {
            out[size++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[size++] = (byte) (0xC0 | codePoint >> 6);
            appendContinuation(codePoint);
        } else if (codePoint < 0x10000) {
            out[size++] = (byte) (0xE0 | codePoint >> 12);
            appendContinuation(codePoint >> 6);
            appendContinuation(codePoint);
        } else {
            out[size++] = (byte) (0xF0 | codePoint >> 18);
            appendContinuation(codePoint >> 12);
            appendContinuation(codePoint >> 6);
            appendContinuation(codePoint);
        }
    }

    private void appendContinuation(int bits) {
        out[size++] = (byte) (0x80 | bits & 0x3F);
    }

    private void ensure(int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
        }
    }
}
