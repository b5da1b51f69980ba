package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What the parts of the suite share: a server, and the verbs to speak with it. Every test works on
 * tables of its own, so that a server can be shared and tests may run at once.
 */
abstract class ContractPart {

    abstract ContractTarget target();

    WireClient client() {
        return new WireClient(target());
    }

    /** A name that nothing has yet. */
    Table unused() {
        return Table.unique(target().catalog());
    }

    /** A new, empty table. */
    Table table(String columns) {
        return create(unused(), columns);
    }

    Table create(Table table, String columns) {
        run("CREATE TABLE " + table.sql() + " (" + columns + ")");
        return table;
    }

    void run(String statement) {
        client().query(statement).mustSucceed();
    }

    List<String> rows(String statement) {
        return client().query(statement).mustSucceed().rows();
    }

    /** The only value of a one-row, one-column result, as JSON text. */
    String value(String statement) {
        List<String> rows = rows(statement);
        assertThat(rows).as(statement).hasSize(1);
        return QueryAnswer.parse(rows.get(0)).get(0).toString();
    }

    long count(Table table) {
        return Long.parseLong(value("SELECT count(*) AS n FROM " + table.sql()));
    }

    boolean exists(Table table) {
        return !columns(table).isEmpty();
    }

    /** Names and types, from where CONTRACT §4 says that they come from. */
    List<String> columns(Table table) {
        return rows(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_catalog"
                        + " = "
                        + Table.literal(table.catalog())
                        + " AND table_schema = "
                        + Table.literal(table.schema())
                        + " AND table_name = "
                        + Table.literal(table.name())
                        + " ORDER BY ordinal_position");
    }

    void append(Table table, Payload payload) {
        client().upload("append", table, payload).mustBeAccepted();
    }
}
