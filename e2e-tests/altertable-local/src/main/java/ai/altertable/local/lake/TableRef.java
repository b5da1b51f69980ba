package ai.altertable.local.lake;

/** The full name of a table, as the parameters of a request give it. */
public record TableRef(String catalog, String schema, String table) {

    public String sql() {
        return schemaSql() + "." + Sql.identifier(table);
    }

    public String schemaSql() {
        return Sql.identifier(catalog) + "." + Sql.identifier(schema);
    }

    @Override
    public String toString() {
        return catalog + "." + schema + "." + table;
    }
}
