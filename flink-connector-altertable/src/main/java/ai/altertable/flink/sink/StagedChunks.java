package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import java.util.List;
import java.util.UUID;

/**
 * What one writer staged for one checkpoint, and all that is needed to bring it into the table: a
 * job that is restored with other options still commits what the old one staged as it was meant.
 *
 * @param id what the ledger knows it by; it never changes, so that a commit is found again
 * @param how into what and in which way
 * @param tables in the schema of the ledger
 */
record StagedChunks(UUID id, How how, List<Table> tables) {

    /**
     * @param round of two tables, the rows of the lower round came first; those of one round have
     *     no order
     */
    record Table(String name, int round, int rows) {}

    /**
     * @param ledger in the schema of the staged tables
     * @param columns that the staged tables have and the target gets, as the target spells them
     */
    record How(TableId target, TableId ledger, List<String> columns, Merge merge) {

        How {
            columns = List.copyOf(columns);
        }

        /** The staged table with this name. */
        TableId staged(String name) {
            return new TableId(ledger.catalog(), ledger.schema(), name);
        }
    }

    /**
     * How rows with a key are merged.
     *
     * @param key empty: rows are appended
     * @param cursor one column, by which a newer row wins, or none
     * @param deleteColumn what marks a deleted row; empty: deleted rows go
     * @param wholeRows whether a staged row says all that the table holds of it
     */
    record Merge(
            List<TypedColumn> key,
            List<TypedColumn> cursor,
            String deleteColumn,
            boolean wholeRows) {

        /** Rows without a key. */
        static final Merge NONE = new Merge(List.of(), List.of(), "", true);

        Merge {
            key = List.copyOf(key);
            cursor = List.copyOf(cursor);
        }
    }

    /** A column as the table spells it, and its type there: what is staged may have another. */
    record TypedColumn(String name, String type) {}

    StagedChunks {
        tables = List.copyOf(tables);
    }

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    TableId id(Table table) {
        return how.staged(table.name());
    }
}
