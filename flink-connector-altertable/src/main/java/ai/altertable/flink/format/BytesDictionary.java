package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The different byte strings of a column, in the order they came, found by open addressing. */
final class BytesDictionary {

    static final int MAX_ENTRIES = 1 << 14;
    static final int MAX_BYTES = 1 << 20;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private byte[] bytes = new byte[4096];
    private int[] ends = new int[256];
    private long[] hashes = new long[256];
    private int[] slots = new int[1024];
    private int shift = Long.SIZE - 10;
    private int size;

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where entry {@code i - 1} ends and entry {@code i} begins. */
    int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /**
     * The number of each value's entry, or false when there would be more than {@code limit} or
     * they would be too long. The values lie one behind the other, with a word of room behind them.
     */
    boolean find(byte[] values, int[] valueEnds, int count, int[] numbers, int limit) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = valueEnds[i];
            long hash = hash(values, from, to);
            int slot = (int) (hash >>> shift);
            int entry = slots[slot] - 1;
            while (entry >= 0 && !isEntry(entry, hash, values, from, to)) {
                slot = slot + 1 & slots.length - 1;
                entry = slots[slot] - 1;
            }
            if (entry < 0) {
                if (size == limit || start(size) + (to - from) > MAX_BYTES) {
                    return false;
                }
                entry = add(values, from, to, hash, slot);
            }
            numbers[i] = entry;
            from = to;
        }
        return true;
    }

    private boolean isEntry(int entry, long hash, byte[] values, int from, int to) {
        return hashes[entry] == hash
                && Arrays.equals(bytes, start(entry), ends[entry], values, from, to);
    }

    private static long hash(byte[] values, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = Long.rotateLeft((hash ^ (long) LONG.get(values, at)) * MIX, 29);
        }
        if (at < to) {
            long rest = (long) LONG.get(values, at) & -1L >>> Long.SIZE - 8 * (to - at);
            hash = Long.rotateLeft((hash ^ rest) * MIX, 29);
        }
        return hash * MIX;
    }

    private int add(byte[] values, int from, int to, long hash, int slot) {
        int start = start(size);
        int end = start + to - from;
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        System.arraycopy(values, from, bytes, start, to - from);
        ends[size] = end;
        hashes[size] = hash;
        slots[slot] = ++size;
        if (4 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        slots = new int[4 * slots.length];
        shift -= 2;
        for (int entry = 0; entry < size; entry++) {
            int slot = (int) (hashes[entry] >>> shift);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = entry + 1;
        }
    }
}
