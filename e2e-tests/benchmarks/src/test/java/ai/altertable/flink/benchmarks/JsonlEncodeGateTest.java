package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What of {@link JsonlEncodeBenchmark} can fail a build: allocation, which is exact, and a ratio of
 * CPU times with much room, since this JVM is warm with other things and its machine is busy.
 */
class JsonlEncodeGateTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 15;

    private final JsonlEncodeBenchmark benchmark = new JsonlEncodeBenchmark();
    private long sink;

    @BeforeEach
    void open() throws Exception {
        benchmark.open();
    }

    /**
     * A chunk allocates a few objects of its own, about 2 kB; one object a row would be 16 bytes.
     */
    @Test
    void allocatesNothingForARow() {
        assertThat(allocatedPerRow()).isLessThan(1);
    }

    /** Texts inside of larger memory, as a row has them that came over the network. */
    @Test
    void allocatesNoMoreThanTheAccessorsOfARowDo() {
        for (RowData row : benchmark.rows()) {
            GenericRowData fields = (GenericRowData) row;
            for (int i = 0; i < fields.getArity(); i++) {
                if (fields.getField(i) instanceof StringData text) {
                    byte[] bytes = text.toBytes();
                    byte[] larger = new byte[bytes.length + 3];
                    System.arraycopy(bytes, 0, larger, 2, bytes.length);
                    fields.setField(i, StringData.fromBytes(larger, 2, bytes.length));
                }
            }
        }

        assertThat(allocatedPerRow()).isLessThan(300);
    }

    @Test
    void takesAtMostHalfOfTheTimeOfFlinkJson() {
        long ours = Long.MAX_VALUE;
        long theirs = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadCpuTime();
            sink += benchmark.ours();
            long between = THREADS.getCurrentThreadCpuTime();
            sink += benchmark.flinkJson();
            ours = Math.min(ours, between - before);
            theirs = Math.min(theirs, THREADS.getCurrentThreadCpuTime() - between);
        }

        assertThat((double) theirs / ours).isGreaterThan(2);
        assertThat(sink).isPositive();
    }

    private double allocatedPerRow() {
        for (int round = 0; round < ROUNDS; round++) {
            sink += benchmark.ours();
        }
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        sink += benchmark.ours();
        long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
        assertThat(sink).isPositive();
        return (double) allocated / benchmark.rows().length;
    }
}
