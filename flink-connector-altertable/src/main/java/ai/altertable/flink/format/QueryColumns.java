package ai.altertable.flink.format;

import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** What the columns of a SELECT really are. The SELECT is planned by the server, not run. */
public final class QueryColumns {

    private static final RowType NAME_AND_TYPE =
            RowType.of(
                    new LogicalType[] {VarCharType.STRING_TYPE, VarCharType.STRING_TYPE},
                    new String[] {"column_name", "column_type"});

    private QueryColumns() {}

    /**
     * @param about what messages call the query
     * @param select one statement without a semicolon; it may end with a comment
     * @return the columns in their order; a ValidationException where two have the same name, since
     *     no name could tell them apart
     */
    public static CompletableFuture<List<DuckType.Field>> of(
            AltertableClient client, String about, String select) {
        String describe = "SELECT column_name, column_type FROM (DESCRIBE " + select + "\n)";
        return SmallResult.rows(client, Query.reading(about, describe), NAME_AND_TYPE)
                .thenApply(
                        rows -> {
                            List<DuckType.Field> columns =
                                    rows.stream().map(QueryColumns::column).toList();
                            refuseDuplicates(about, columns);
                            return columns;
                        });
    }

    private static DuckType.Field column(RowData row) {
        return new DuckType.Field(
                row.getString(0).toString(), DuckType.reported(row.getString(1).toString()));
    }

    private static void refuseDuplicates(String about, List<DuckType.Field> columns) {
        List<String> problems = new ArrayList<>();
        NameMatch.refuseDuplicates(
                columns.stream().map(DuckType.Field::name).toList(), "", problems);
        if (!problems.isEmpty()) {
            throw new ValidationException(
                    "The columns of " + about + ":\n  " + String.join("\n  ", problems));
        }
    }
}
