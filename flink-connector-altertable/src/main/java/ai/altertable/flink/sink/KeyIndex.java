package ai.altertable.flink.sink;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.table.data.RowData;

/** Numbers the keys of one chunk in the order in which they came. No object per key. */
final class KeyIndex {

    private static final int FIRST = 1024;

    /** Of a slot, a hash and a place. */
    private static final int BYTES_PER_KEY = 4 * Integer.BYTES;

    private final KeyColumns columns;
    private final KeyBytes bytes = new KeyBytes();

    /** 0 or the number of a key plus 1; twice as many as there are keys, at least. */
    private int[] slots = new int[2 * FIRST];

    private int[] hashes = new int[FIRST];

    /** Where each key begins; one more, where the next one will. */
    private int[] begins = new int[FIRST + 1];

    private int size;

    KeyIndex(KeyColumns columns) {
        this.columns = columns;
    }

    int size() {
        return size;
    }

    long sizeInBytes() {
        return bytes.length() + (long) size * BYTES_PER_KEY;
    }

    /** The number of the row's key: {@link #size()} as it was before if the key is a new one. */
    int number(RowData row) {
        int from = begins[size];
        try {
            columns.write(row, bytes);
        } catch (RuntimeException e) {
            bytes.truncate(from);
            throw e;
        }
        int to = bytes.length();
        int hash = bytes.hash(from, to);
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash
                    && bytes.equal(begins[number], begins[number + 1], from, to)) {
                bytes.truncate(from);
                return number;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return append(slot, hash, to);
    }

    private int append(int slot, int hash, int end) {
        if (size == hashes.length) {
            grow();
            return append(free(hash), hash, end);
        }
        hashes[size] = hash;
        begins[size + 1] = end;
        slots[slot] = size + 1;
        return size++;
    }

    private int free(int hash) {
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
        begins = Arrays.copyOf(begins, size * 2 + 1);
        slots = new int[size * 4];
        for (int number = 0; number < size; number++) {
            slots[free(hashes[number])] = number + 1;
        }
    }

    /** The bytes of a key, and what follows. */
    ByteBuffer key(int number) {
        return bytes.from(begins[number]);
    }

    void clear() {
        Arrays.fill(slots, 0);
        bytes.truncate(0);
        size = 0;
    }
}
