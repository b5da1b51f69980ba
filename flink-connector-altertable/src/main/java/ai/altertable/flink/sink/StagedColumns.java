package ai.altertable.flink.sink;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.TableId;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.DuckType;
import ai.altertable.flink.format.TableColumns;
import ai.altertable.flink.format.TypeMapping;
import ai.altertable.flink.sink.StagedChunks.How;
import ai.altertable.flink.sink.StagedChunks.Merge;
import ai.altertable.flink.sink.StagedChunks.TypedColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TinyIntType;

/**
 * The columns of rows as they are staged: those that are written, and the operation.
 *
 * @param binding with the operation
 */
record StagedColumns(WrittenColumns written, ColumnBinding binding) {

    static StagedColumns of(WrittenColumns written) {
        List<RowType.RowField> fields = new ArrayList<>(written.type().getFields());
        fields.add(new RowType.RowField(StagedOperation.COLUMN, new TinyIntType(false)));
        List<DuckType.Field> columns = new ArrayList<>(written.table().fields());
        columns.add(DuckType.Field.of(StagedOperation.COLUMN, "TINYINT"));
        return new StagedColumns(
                written,
                TypeMapping.bindForWriting(new RowType(fields), columns, ChunkFormat.PARQUET));
    }

    /** How the committer brings the rows into the table. */
    How how(TableId ledger) {
        return new How(written.table().table(), ledger, written.binding().names(), merge());
    }

    private Merge merge() {
        if (!written.settings().upserts()) {
            return Merge.NONE;
        }
        return new Merge(
                written.keyNames().stream().map(this::typed).toList(),
                written.cursorName().stream().map(this::typed).toList(),
                written.deleteColumnName().orElse(""),
                written.areAll());
    }

    private TypedColumn typed(String name) {
        return new TypedColumn(name, written.typeOf(name));
    }

    /** Columns that take no NULL in the table, by the position of their values in the row. */
    Map<Integer, String> notNull() {
        Map<Integer, String> notNull = new HashMap<>();
        for (TableColumns.Column column : written.table().columns()) {
            int place = written.binding().names().indexOf(column.name());
            int position = place < 0 ? -1 : written.binding().position(place);
            if (!column.nullable() && position >= 0) {
                notNull.put(position, column.name());
            }
        }
        return notNull;
    }
}
