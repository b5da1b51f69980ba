package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** Flink's internal rows in a DataStream job, where they have to be written and read again. */
class RowDataITCase {

    private static final RowType COLUMNS =
            Lakes.columns(
                    "id BIGINT, name STRING, price DECIMAL(30, 2), at TIMESTAMP(6), bin BYTES, tags"
                            + " ARRAY<STRING>, counts MAP<STRING, INT>, place ROW<city STRING>");

    /** Gives each row of a key with the text of the one before it. */
    private static final class WithTheLast extends KeyedProcessFunction<Long, RowData, String> {

        private static final long serialVersionUID = 1L;
        private final TypeInformation<RowData> type;
        private transient ValueState<RowData> last;

        WithTheLast(TypeInformation<RowData> type) {
            this.type = type;
        }

        @Override
        public void open(OpenContext context) {
            last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", type));
        }

        @Override
        public void processElement(RowData row, Context context, Collector<String> out)
                throws Exception {
            if (last.value() == null) {
                last.update(row);
            } else {
                out.collect(text(last.value()) + " | " + text(row));
            }
        }
    }

    private static String text(RowData row) {
        return String.join(
                " ",
                row.getString(1).toString(),
                row.getDecimal(2, 30, 2).toString(),
                row.getTimestamp(3, 6).toString(),
                new String(row.getBinary(4)),
                row.getArray(5).getString(1).toString(),
                row.getMap(6).keyArray().getString(0) + "=" + row.getMap(6).valueArray().getInt(0),
                row.getRow(7, 1).getString(0).toString());
    }

    @Test
    void passesAShuffleAndAState() throws Exception {
        Configuration configuration = new Configuration();
        // Whatever Flink does not know by itself would fail the job.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        try (LocalFlink flink = LocalFlink.start(2, configuration);
                AltertableLocal lake = AltertableLocal.start()) {
            lake.execute(
                    "CREATE TABLE lake.main.t AS SELECT i // 2 AS id, 'n' || i // 2 AS name,"
                            + " (i // 2)::DECIMAL(30, 2) AS price, TIMESTAMP '2026-11-21' AS at,"
                            + " encode('b' || i // 2) AS bin, ['x', 'y'] AS tags,"
                            + " MAP {'k': 7} AS counts, {'city': 'Paris'} AS place"
                            + " FROM range(2000) r(i)");
            AltertableSource<RowData> source =
                    AltertableSource.builder(RowData.class, COLUMNS)
                            .setAll(Lakes.options(lake))
                            .table("lake", "main", "t")
                            .build();
            StreamExecutionEnvironment env = flink.environment(2);
            DataStream<String> pairs =
                    env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                            .keyBy(row -> row.getLong(0), Types.LONG)
                            .process(new WithTheLast(source.getProducedType()));

            List<String> read = pairs.executeAndCollect(10_000);

            String of17 = "n17 17.00 2026-11-21T00:00 b17 y k=7 Paris";
            assertThat(read).hasSize(1_000).contains(of17 + " | " + of17);
        }
    }
}
