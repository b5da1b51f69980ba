package ai.altertable.flink.sink;

import ai.altertable.flink.format.ChunkEncoder;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;

/** Encodes rows with one column more, which says that they are not deleted. */
final class MarkingEncoder extends WrappedEncoder {

    private final RowData mark = GenericRowData.of(false);
    private final JoinedRowData marked = new JoinedRowData();

    MarkingEncoder(ChunkEncoder encoder) {
        super(encoder);
    }

    @Override
    public void add(RowData row) {
        encoder().add(marked.replace(row, mark));
    }
}
