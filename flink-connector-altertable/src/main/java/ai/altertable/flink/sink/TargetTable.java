package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.format.StatementResult;
import ai.altertable.flink.format.TableColumns;
import ai.altertable.flink.format.TableSearch;
import ai.altertable.flink.format.TypeMapping;
import java.io.IOException;
import org.apache.flink.table.types.logical.RowType;

/** Finds the table that is written to, or creates it, when a writer opens. */
final class TargetTable {

    private final AltertableClient client;
    private final TableId table;

    TargetTable(AltertableClient client, TableId table) {
        this.client = client;
        this.table = table;
    }

    /** What it really looks like; refused by a message if it is not there. */
    TableColumns find() throws IOException, InterruptedException {
        return Blocking.await(TableSearch.of(client, table)).orThrow();
    }

    /**
     * The same, but created if only the table is missing: in a schema that nobody meant there would
     * be no table either. Several writers may do this at once.
     */
    TableColumns findOrCreate(RowType columns) throws IOException, InterruptedException {
        TableSearch search = Blocking.await(TableSearch.of(client, table));
        if (search instanceof TableSearch.Missing missing
                && missing.part() == TableSearch.Part.TABLE) {
            Blocking.await(
                    StatementResult.of(
                            client, Query.repeatable(table.toString(), ddl(missing, columns))));
            return find();
        }
        return search.orThrow();
    }

    private static String ddl(TableSearch.Missing missing, RowType columns) {
        TableId name = missing.table();
        return "CREATE TABLE IF NOT EXISTS "
                + SqlText.qualified(name.catalog(), name.schema(), name.table())
                + " "
                + TypeMapping.ddl(columns);
    }
}
