package ai.altertable.flink.format;

import java.util.Arrays;

/** The different numbers of a column, in the order they came, found by open addressing. */
final class NumberDictionary {

    /** More of them do not pay: their numbers alone are nearly as long as packed differences. */
    static final int MAX_ENTRIES = 1 << 14;

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private long[] entries = new long[256];
    private int[] slots = new int[1024];
    private int shift = Long.SIZE - 10;
    private int size;

    int size() {
        return size;
    }

    long[] entries() {
        return entries;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /** The number of each value's entry, or false when there would be more than {@code limit}. */
    boolean find(long[] values, int count, int[] numbers, int limit) {
        for (int i = 0; i < count; i++) {
            long value = values[i];
            int slot = (int) (value * MIX >>> shift);
            int entry = slots[slot] - 1;
            while (entry >= 0 && entries[entry] != value) {
                slot = slot + 1 & slots.length - 1;
                entry = slots[slot] - 1;
            }
            if (entry < 0) {
                if (size == limit) {
                    return false;
                }
                entry = add(value, slot);
            }
            numbers[i] = entry;
        }
        return true;
    }

    private int add(long value, int slot) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size++] = value;
        slots[slot] = size;
        if (4 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        slots = new int[4 * slots.length];
        shift -= 2;
        for (int entry = 0; entry < size; entry++) {
            int slot = (int) (entries[entry] * MIX >>> shift);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = entry + 1;
        }
    }
}
