package ai.altertable.flink;

import java.io.Serializable;

/**
 * The full name of a table. {@link #toString} is for people; in SQL the parts are quoted.
 *
 * @param catalog called a database in some places; the API's word is catalog
 */
public record TableId(String catalog, String schema, String table) implements Serializable {

    private static final long serialVersionUID = 1L;

    public TableId {
        check(catalog, AltertableOptions.CATALOG.key());
        check(schema, AltertableOptions.SCHEMA.key());
        check(table, AltertableOptions.TABLE.key());
    }

    private static void check(String name, String option) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("Option '" + option + "' must name something");
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Option '" + option + "' holds a NUL character");
        }
    }

    @Override
    public String toString() {
        return catalog + "." + schema + "." + table;
    }
}
