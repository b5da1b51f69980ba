package ai.altertable.local.contract;

import java.util.UUID;

/** A table's three names, as the parameters of an upload spell them. */
record Table(String catalog, String schema, String name) {

    static Table unique(String catalog) {
        return new Table(catalog, "main", uniqueName("t"));
    }

    static String uniqueName(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The fully qualified name as SQL. */
    String sql() {
        return quote(catalog) + "." + quote(schema) + "." + quote(name);
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    Table inCatalog(String other) {
        return new Table(other, schema, name);
    }

    Table inSchema(String other) {
        return new Table(catalog, other, name);
    }

    Table named(String other) {
        return new Table(catalog, schema, other);
    }
}
