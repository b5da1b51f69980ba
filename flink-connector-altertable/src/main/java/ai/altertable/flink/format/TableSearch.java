package ai.altertable.flink.format;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;

/**
 * What became of the search for a table or a view by its name: it is there, or a part of its name
 * is wrong. The server's catalog is asked, without regard to case.
 */
public sealed interface TableSearch {

    /** What the name has that nothing is called by. */
    enum Part {
        CATALOG(AltertableOptions.CATALOG, TableId::catalog),
        /** An upload would create it without a word. */
        SCHEMA(AltertableOptions.SCHEMA, TableId::schema),
        TABLE(AltertableOptions.TABLE, TableId::table);

        private final ConfigOption<String> option;
        private final Function<TableId, String> name;

        Part(ConfigOption<String> option, Function<TableId, String> name) {
            this.option = option;
            this.name = name;
        }
    }

    /** It is there. */
    record Found(TableColumns columns) implements TableSearch {

        @Override
        public TableColumns orThrow() {
            return columns;
        }
    }

    /**
     * It is not there.
     *
     * @param table the name as far as it exists as it is spelled, and behind that as it was given
     * @param part the first part that is missing
     * @param message the option to change, and what there is instead
     */
    record Missing(TableId table, Part part, String message) implements TableSearch {

        private static Missing of(TableId table, List<RowData> names) {
            List<String> catalogs = CatalogRows.parts(names, 0);
            Optional<String> catalog = NameMatch.spelled(table.catalog(), catalogs);
            if (catalog.isEmpty()) {
                return of(table, Part.CATALOG, "there is no such catalog", catalogs);
            }
            List<String> schemas = CatalogRows.parts(names, 1);
            Optional<String> schema = NameMatch.spelled(table.schema(), schemas);
            if (schema.isEmpty()) {
                TableId known = new TableId(catalog.get(), table.schema(), table.table());
                return of(known, Part.SCHEMA, "the catalog has no such schema", schemas);
            }
            TableId known = new TableId(catalog.get(), schema.get(), table.table());
            List<String> tables = CatalogRows.parts(names, 2);
            return of(known, Part.TABLE, "the schema has no such table or view", tables);
        }

        private static Missing of(TableId table, Part part, String what, List<String> there) {
            String name = part.name.apply(table);
            String instead =
                    there.isEmpty()
                            ? "there is none at all"
                            : "there are " + NearNames.of(name, there);
            return new Missing(
                    table,
                    part,
                    "Option '%s' is %s: %s; %s (looking for %s)"
                            .formatted(part.option.key(), name, what, instead, table));
        }

        @Override
        public TableColumns orThrow() {
            throw new ValidationException(message);
        }
    }

    /** The columns, or else a ValidationException that says what is missing. */
    TableColumns orThrow();

    /** Looks for the table: one query if it is there, two if it is not. */
    static CompletableFuture<TableSearch> of(AltertableClient client, TableId table) {
        Query columns = Query.reading(table.toString(), CatalogRows.columnsOf(table));
        return SmallResult.rows(client, columns, CatalogRows.COLUMN)
                .thenCompose(
                        rows ->
                                rows.isEmpty()
                                        ? missing(client, table)
                                        : CompletableFuture.completedFuture(
                                                new Found(CatalogRows.firstTable(rows))));
    }

    private static CompletableFuture<TableSearch> missing(AltertableClient client, TableId table) {
        Query names = Query.reading(table.toString(), CatalogRows.namesNear(table));
        return SmallResult.rows(client, names, CatalogRows.NAMES)
                .thenApply(rows -> Missing.of(table, rows));
    }
}
