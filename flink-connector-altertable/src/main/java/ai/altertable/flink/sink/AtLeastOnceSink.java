package ai.altertable.flink.sink;

import ai.altertable.flink.format.ToRow;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.types.logical.RowType;

/** Writes straight into the table. */
final class AtLeastOnceSink<T> extends AltertableSink<T> {

    private static final long serialVersionUID = 1L;

    AtLeastOnceSink(
            SinkSettings settings, RowType rowType, ToRow<T> toRow, boolean parallelAsItsInput) {
        super(settings, rowType, toRow, parallelAsItsInput);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return WriterOpening.open(settings, rowType, context, opening -> opening.direct(toRow));
    }
}
