package ai.altertable.local.lake;

import ai.altertable.local.lake.TableColumns.Column;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Appends JSON objects row by row, each on its own. The table is made from the first row, and grows
 * a column for each key that it does not have.
 */
public final class Append {

    private final TableRef table;

    public Append(TableRef table) {
        this.table = table;
    }

    /** Appends one row; it fails where a value does not fit the column that is there. */
    public void row(Lake lake, JsonNode row) throws SQLException {
        try (Connection connection = lake.session()) {
            lake.commitTurn()
                    .take(
                            () -> {
                                evolve(connection, row);
                                insert(connection, row);
                                return true;
                            });
        }
    }

    private void evolve(Connection connection, JsonNode row) throws SQLException {
        TableColumns columns = TableColumns.ofTable(connection, table);
        try (Statement statement = connection.createStatement()) {
            if (columns.isEmpty()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + table.schemaSql());
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS "
                                + table.sql()
                                + " ("
                                + definitions(row)
                                + ")");
                return;
            }
            for (Map.Entry<String, JsonNode> field : row.properties()) {
                if (columns.find(field.getKey()).isEmpty()) {
                    statement.execute(
                            "ALTER TABLE "
                                    + table.sql()
                                    + " ADD COLUMN IF NOT EXISTS "
                                    + definition(field));
                }
            }
        }
    }

    private static String definitions(JsonNode row) {
        List<String> definitions = new ArrayList<>();
        row.properties().forEach(field -> definitions.add(definition(field)));
        return String.join(", ", definitions);
    }

    private static String definition(Map.Entry<String, JsonNode> field) {
        return Sql.identifier(field.getKey()) + " " + inferredType(field.getValue());
    }

    private static String inferredType(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> "BOOLEAN";
            case NUMBER -> value.isIntegralNumber() ? "BIGINT" : "DOUBLE";
            case OBJECT, ARRAY -> "JSON";
            default -> "VARCHAR";
        };
    }

    private void insert(Connection connection, JsonNode row) throws SQLException {
        TableColumns columns = TableColumns.ofTable(connection, table);
        List<Column> targets = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            Column column = columns.find(field.getKey()).orElseThrow();
            JsonNode value = field.getValue();
            targets.add(column);
            texts.add(value.isNull() ? null : text(value));
            String cast = value.isContainerNode() ? "CAST(? AS JSON)" : "?";
            values.add("CAST(" + cast + " AS " + column.type() + ")");
        }
        String sql =
                "INSERT INTO "
                        + table.sql()
                        + targets.stream()
                                .map(Column::sql)
                                .collect(Collectors.joining(", ", " (", ")"))
                        + " VALUES ("
                        + String.join(", ", values)
                        + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < texts.size(); i++) {
                statement.setString(i + 1, texts.get(i));
            }
            statement.execute();
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
