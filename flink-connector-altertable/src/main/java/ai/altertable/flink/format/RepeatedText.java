package ai.altertable.flink.format;

import org.apache.flink.table.data.StringData;

/**
 * The short strings of one column that came lately, so that those that come again (a status, a
 * country, a kind of event) are not made again. A {@link StringData} does not change, so rows may
 * share it; making one takes six times the memory of a short text.
 *
 * <p>A column whose strings hardly repeat is found out soon and not looked at again.
 */
final class RepeatedText {

    /** Two words. */
    static final int MAX_LENGTH = 16;

    private static final int SLOTS = 256;
    private static final int TRIAL = 1024;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /** A text and its bytes, with zeros behind them; no text that comes here has a zero byte. */
    private record Entry(long low, long high, StringData text) {}

    private final Entry[] entries = new Entry[SLOTS];
    private int looked;
    private int missed;

    /** Whether looking is worth its while; once it is not, nobody looks again. */
    boolean pays = true;

    /** The text of so many plain bytes; fewer than {@link #MAX_LENGTH}, or as many. */
    StringData get(byte[] b, int start, int length) {
        long low = Words.at(b, start);
        long high = 0;
        if (length <= Long.BYTES) {
            low = length == 0 ? 0 : low << Long.SIZE - 8 * length >>> Long.SIZE - 8 * length;
        } else {
            high = Words.at(b, start + Long.BYTES);
            int unused = 8 * (MAX_LENGTH - length);
            high = high << unused >>> unused;
        }
        int slot = (int) ((low * MIX ^ high) * MIX >>> Long.SIZE - 8);
        looked++;
        Entry entry = entries[slot];
        if (entry != null && entry.low == low && entry.high == high) {
            return entry.text;
        }
        missed++;
        if (missed == TRIAL) {
            pays = missed < looked / 2;
            looked = 0;
            missed = 0;
        }
        StringData text = TextDecoder.copy(b, start, start + length);
        entries[slot] = new Entry(low, high, text);
        return text;
    }
}
