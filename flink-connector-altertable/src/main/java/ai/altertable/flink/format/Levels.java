package ai.altertable.flink.format;

import java.util.Arrays;

/**
 * What Parquet stores of a column beside its values. A definition level says how much of the path
 * to a value is there, a repetition level which list goes on. As long as all values are there, no
 * definition level is stored.
 */
final class Levels {

    /** Room that {@link RunLengths#write} asks for. */
    static final int SLACK = 8;

    private final int present;
    private final int lists;
    private int[] definitions = new int[SLACK];
    private int[] repetitions = new int[SLACK];
    private int entries;
    private int missing;

    Levels(ParquetLeaf leaf) {
        this.present = leaf.definitions();
        this.lists = leaf.repetitions();
    }

    /** With and without a value. */
    int entries() {
        return entries;
    }

    int missing() {
        return missing;
    }

    boolean inLists() {
        return lists > 0;
    }

    void addMissing(int repetition, int definition) {
        if (missing == 0) {
            if (definitions.length < entries + 1 + SLACK) {
                definitions = new int[grown(entries + 1 + SLACK)];
            }
            Arrays.fill(definitions, 0, entries, present);
        }
        missing++;
        addDefinition(definition);
        addEntry(repetition);
    }

    void addPresent(int repetition) {
        if (missing > 0) {
            addDefinition(present);
        }
        addEntry(repetition);
    }

    private void addDefinition(int definition) {
        if (definitions.length < entries + 1 + SLACK) {
            definitions = Arrays.copyOf(definitions, grown(entries + 1 + SLACK));
        }
        definitions[entries] = definition;
    }

    private void addEntry(int repetition) {
        if (lists > 0) {
            if (repetitions.length < entries + 1 + SLACK) {
                repetitions = Arrays.copyOf(repetitions, grown(entries + 1 + SLACK));
            }
            repetitions[entries] = repetition;
        }
        entries++;
    }

    private static int grown(int needed) {
        return needed + (needed >> 1);
    }

    /** Drops what belongs to rows behind the first ones: a row begins where no list goes on. */
    void truncate(int rows) {
        int end = rows;
        if (lists > 0) {
            int begun = 0;
            end = 0;
            while (end < entries && (repetitions[end] > 0 || begun++ < rows)) {
                end++;
            }
        }
        entries = Math.min(entries, end);
        if (missing > 0) {
            missing = 0;
            for (int i = 0; i < entries; i++) {
                missing += definitions[i] == present ? 0 : 1;
            }
        }
    }

    void write(PageBytes out) {
        if (lists > 0) {
            write(repetitions, lists, true, out);
        }
        if (present > 0) {
            write(definitions, present, missing > 0, out);
        }
    }

    private void write(int[] levels, int largest, boolean stored, PageBytes out) {
        int lengthAt = out.length();
        out.writeInt(0);
        if (stored) {
            RunLengths.write(levels, entries, RunLengths.width(largest), out);
        } else {
            RunLengths.writeRun(largest, entries, RunLengths.width(largest), out);
        }
        out.setInt(lengthAt, out.length() - lengthAt - Integer.BYTES);
    }
}
