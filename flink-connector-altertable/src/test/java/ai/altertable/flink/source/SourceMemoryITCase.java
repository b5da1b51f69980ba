package ai.altertable.flink.source;

import ai.altertable.flink.SmallHeap;
import ai.altertable.local.AltertableLocal;
import org.junit.jupiter.api.Test;

/**
 * A reader holds two splits and little else, however much it reads.
 *
 * <p>The proof is a JVM whose heap has no room for a third one.
 */
class SourceMemoryITCase {

    private static final int SPLIT_MIB = 32;

    /** Flink's classes, the JVM, a buffer to decode from: measured, 14 suffice. */
    private static final int ELSE_MIB = 24;

    private static final int SPLITS = 10;

    @Test
    void twoSplitsAtMostAreInMemory() throws Exception {
        try (AltertableLocal lake = AltertableLocal.start()) {
            SmallHeap.run(
                    2 * SPLIT_MIB + ELSE_MIB,
                    ReaderProcess.class,
                    lake.url().toString(),
                    lake.username(),
                    lake.password(),
                    "" + SPLIT_MIB,
                    "" + SPLITS);
        }
    }
}
