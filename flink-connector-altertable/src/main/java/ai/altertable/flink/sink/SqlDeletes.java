package ai.altertable.flink.sink;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Deletes by statements that name the keys. */
final class SqlDeletes implements DeletedKeys {

    private final KeyColumns columns;
    private final KeyStatements statements;

    SqlDeletes(KeyColumns columns, KeyStatements statements) {
        this.columns = columns;
        this.statements = statements;
    }

    @Override
    public void check(RowData row) {
        columns.checkSayable(row);
    }

    @Override
    public void add(ByteBuffer key) {
        statements.add(columns.sqlRow(key));
    }

    @Override
    public List<String> take() {
        return statements.take();
    }
}
