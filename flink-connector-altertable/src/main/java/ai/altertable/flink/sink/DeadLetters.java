package ai.altertable.flink.sink;

import ai.altertable.flink.format.ChunkEncoder;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.JsonlEncoder;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** The table of rows that the lakehouse refused. A letter may be there twice, like any row. */
final class DeadLetters {

    /** The columns with which the table is created. */
    static final RowType COLUMNS =
            new RowType(
                    List.of(
                            new RowType.RowField("failed_at", new LocalZonedTimestampType(6)),
                            new RowType.RowField("job", new VarCharType(VarCharType.MAX_LENGTH)),
                            new RowType.RowField("error", new VarCharType(VarCharType.MAX_LENGTH)),
                            new RowType.RowField("row", new VarCharType(VarCharType.MAX_LENGTH))));

    private final Requests requests;
    private final ColumnBinding binding;
    private final StringData job;

    DeadLetters(Requests requests, ColumnBinding binding, String job) {
        this.requests = requests;
        this.binding = binding;
        this.job = StringData.fromString(job);
    }

    ChunkEncoder newChunk() {
        return new JsonlEncoder(binding);
    }

    RowData letter(String error, String rowAsJson) {
        return GenericRowData.of(
                TimestampData.fromInstant(Instant.now()),
                job,
                StringData.fromString(error),
                StringData.fromString(rowAsJson));
    }

    Requests requests() {
        return requests;
    }
}
