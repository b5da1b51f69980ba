package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.format.SmallResult;
import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.format.StatementResult;
import ai.altertable.flink.format.TableSearch;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The table that tells what was committed, and with it the schema of staged tables. Rows are only
 * ever added: a savepoint may come back years later.
 */
final class Ledger {

    static final String NAME = "__flink_commits";

    private static final RowType NAMES =
            RowType.of(new LogicalType[] {VarCharType.STRING_TYPE}, new String[] {"name"});

    private final AltertableClient client;
    private final TableId id;

    Ledger(AltertableClient client, TableId id) {
        this.client = client;
        this.id = id;
    }

    /** Beside this table, in the schema that the options name. */
    static TableId id(TableId target, SinkSettings settings) {
        boolean besideTable =
                settings.committing().stagingSchema().equals(settings.table().schema());
        String schema = besideTable ? target.schema() : settings.committing().stagingSchema();
        return new TableId(target.catalog(), schema, NAME);
    }

    /**
     * The same ledger with its name as it is spelled. The schema has to be there: an upload would
     * make one without a word.
     */
    TableId find() throws IOException, InterruptedException {
        TableSearch search = Blocking.await(TableSearch.of(client, id));
        if (search instanceof TableSearch.Missing missing) {
            if (missing.part() == TableSearch.Part.TABLE) {
                return missing.table();
            }
            throw new ValidationException(
                    "Option '"
                            + AltertableOptions.SINK_STAGING_SCHEMA.key()
                            + "': rows cannot be staged there. "
                            + missing.message());
        }
        return search.orThrow().table();
    }

    /** Several jobs may do this at once. */
    void createIfMissing() throws IOException, InterruptedException {
        Blocking.await(
                StatementResult.of(
                        client,
                        Query.repeatable(
                                id.toString(),
                                "CREATE TABLE IF NOT EXISTS "
                                        + CommitScript.name(id)
                                        + " (id VARCHAR, target VARCHAR, job VARCHAR,"
                                        + " row_count BIGINT, committed_at TIMESTAMPTZ)")));
    }

    /** The statement that enters commits. */
    static String insert(List<StagedChunks> all, String job) {
        return all.stream()
                .map(
                        staged ->
                                "("
                                        + SqlText.quoted(staged.id().toString())
                                        + ", "
                                        + SqlText.quoted(staged.how().target().toString())
                                        + ", "
                                        + SqlText.quoted(job)
                                        + ", "
                                        + staged.rows()
                                        + ", now())")
                .collect(
                        Collectors.joining(
                                ", ",
                                "INSERT INTO "
                                        + CommitScript.name(all.get(0).how().ledger())
                                        + " (id, target, job, row_count, committed_at) VALUES ",
                                ""));
    }

    /** Which of these are entered. */
    Set<String> entered(Collection<String> ids) throws IOException, InterruptedException {
        return names("SELECT id AS name FROM " + CommitScript.name(id) + " WHERE id IN ", ids);
    }

    /** Which of these tables are there. */
    Set<String> tablesAmong(Collection<String> tables) throws IOException, InterruptedException {
        return names(
                "SELECT table_name AS name FROM duckdb_tables() WHERE database_name = "
                        + SqlText.quoted(id.catalog())
                        + " AND schema_name = "
                        + SqlText.quoted(id.schema())
                        + " AND table_name IN ",
                tables);
    }

    /** Each question is asked in words of its own, so that nobody answers it from a cache. */
    private Set<String> names(String select, Collection<String> among)
            throws IOException, InterruptedException {
        String list =
                among.stream().map(SqlText::quoted).collect(Collectors.joining(", ", "(", ")"));
        String asked = " AND " + SqlText.quoted(UUID.randomUUID().toString()) + " <> ''";
        Set<String> names = new HashSet<>();
        for (RowData row :
                Blocking.await(
                        SmallResult.rows(
                                client,
                                Query.reading(id.toString(), select + list + asked),
                                NAMES))) {
            names.add(row.getString(0).toString());
        }
        return names;
    }
}
