package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.format.QueryRows;
import ai.altertable.flink.format.RowDecoder;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.junit.jupiter.api.Test;

/** What must never get worse, measured so that a busy machine does not matter. */
class DecodeGateTest {

    private static final int ROWS = 20_000;
    private static final int ROUNDS = 30;
    private static final int WARM_UP = 15;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final RowData[] LINEITEM = Lineitem.rows(ROWS, 7);
    private static final byte[] ANSWER = LineitemAnswer.of(LINEITEM);

    private static final RowDataSerializer SERIALIZER = new RowDataSerializer(Lineitem.TYPE);

    /** Keeps a row from being optimised away. */
    private static volatile RowData last;

    private interface Contender {
        void read(Consumer<RowData> rows) throws IOException;
    }

    private final RowDecoder decoder = new RowDecoder(Lineitem.TYPE);

    private void ours(Consumer<RowData> sink) throws IOException {
        QueryRows rows = decoder.rows(new ByteArrayInputStream(ANSWER));
        for (RowData row = rows.next(); row != null; row = rows.next()) {
            sink.accept(row);
        }
    }

    @Test
    void readsTheRowsThatJacksonReads() throws IOException {
        List<RowData> ours = new ArrayList<>();
        ours(ours::add);
        List<RowData> streaming = new ArrayList<>();
        JacksonDecoders.streaming(ANSWER, streaming::add);
        List<RowData> tree = new ArrayList<>();
        JacksonDecoders.tree(ANSWER, tree::add);

        List<RowData> arrow = new ArrayList<>();
        ArrowAnswer.read(ArrowAnswer.of(LINEITEM), arrow::add);

        assertThat(ours).isEqualTo(binary(List.of(LINEITEM)));
        assertThat(ours).isEqualTo(binary(streaming));
        assertThat(ours).isEqualTo(binary(tree));
        assertThat(ours).isEqualTo(binary(arrow));
    }

    private static List<RowData> binary(List<RowData> rows) {
        return rows.stream().map(DecodeGateTest::binary).toList();
    }

    /** As Flink's own serializer puts it. */
    private static RowData binary(RowData row) {
        return SERIALIZER.toBinaryRow(row).copy();
    }

    @Test
    void allocatesNoMoreThanTheRowsThemselves() throws IOException {
        long buffers = 256 * 1024;
        long rows =
                allocated(
                        sink -> Arrays.stream(LINEITEM).map(DecodeGateTest::binary).forEach(sink));

        assertThat(allocated(this::ours)).isLessThanOrEqualTo(rows + buffers);
    }

    private static long allocated(Contender contender) throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UP; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            contender.read(row -> last = row);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** Quietly 3.8 to 4.2 times; the rest is room for a machine that does other things too. */
    @Test
    void takesAtMostHalfTheTimeOfJacksonStreaming() throws IOException {
        long ours = Long.MAX_VALUE;
        long jackson = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long ourTime = cpuTime(this::ours);
            long jacksonTime = cpuTime(sink -> JacksonDecoders.streaming(ANSWER, sink));
            if (i >= WARM_UP) {
                ours = Math.min(ours, ourTime);
                jackson = Math.min(jackson, jacksonTime);
            }
        }

        assertThat((double) jackson / ours).as("ours is so many times faster").isGreaterThan(2);
    }

    private static long cpuTime(Contender contender) throws IOException {
        long before = THREADS.getCurrentThreadCpuTime();
        contender.read(row -> last = row);
        return THREADS.getCurrentThreadCpuTime() - before;
    }
}
