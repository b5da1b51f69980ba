package ai.altertable.flink.benchmarks;

import ai.altertable.flink.format.QueryRows;
import ai.altertable.flink.format.RowDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.Collector;

/**
 * Rows that are decoded from an answer in memory, of about the size of a split: what reading costs
 * when bringing the bytes costs nothing.
 */
final class DecodedAnswers implements FlatMapFunction<Long, RowData> {

    private static final long serialVersionUID = 1L;
    private static final int MOST_ROWS = 250_000;

    /** In the JVM, not in the job: it is too large to be a part of one. */
    private static final Map<Integer, byte[]> ANSWERS = new ConcurrentHashMap<>();

    private final long allRows;

    private DecodedAnswers(long allRows) {
        this.allRows = allRows;
    }

    static DataStream<RowData> stream(StreamExecutionEnvironment flink, long rows) {
        return flink.fromSequence(1, (rows + MOST_ROWS - 1) / MOST_ROWS)
                .flatMap(new DecodedAnswers(rows))
                .returns(InternalTypeInfo.of(Lineitem.TYPE));
    }

    @Override
    public void flatMap(Long number, Collector<RowData> out) throws IOException {
        int wanted = (int) Math.min(MOST_ROWS, allRows - (number - 1) * MOST_ROWS);
        byte[] answer =
                ANSWERS.computeIfAbsent(
                        wanted, count -> LineitemAnswer.of(Lineitem.rows(count, 1)));
        QueryRows rows = new RowDecoder(Lineitem.TYPE).rows(new ByteArrayInputStream(answer));
        for (RowData row = rows.next(); row != null; row = rows.next()) {
            out.collect(row);
        }
    }
}
