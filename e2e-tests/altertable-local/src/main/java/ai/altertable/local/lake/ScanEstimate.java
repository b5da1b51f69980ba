package ai.altertable.local.lake;

import ai.altertable.local.Storage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plan says that it will read of a table. Sizes are known on DuckLake alone, where they are
 * those of the table's files; else they are null.
 */
public record ScanEstimate(String table, Long rows, String filters, Long files, Long bytes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The scans in the plan of a statement, which is not run. */
    public static List<ScanEstimate> of(Lake lake, Connection connection, String sql)
            throws SQLException {
        List<ScanEstimate> scans = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN (FORMAT JSON) " + sql)) {
            while (result.next()) {
                collect(JSON.readTree(result.getString(2)), scans);
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("the plan is no JSON", e);
        }
        if (lake.store().storage() == Storage.DUCKLAKE) {
            scans.replaceAll(scan -> withSize(lake, connection, scan));
        }
        return scans;
    }

    private static void collect(JsonNode plan, List<ScanEstimate> scans) {
        JsonNode table = plan.path("extra_info").path("Table");
        if (table.isTextual()) {
            JsonNode info = plan.path("extra_info");
            JsonNode filters = info.path("Filters");
            scans.add(
                    new ScanEstimate(
                            table.textValue(),
                            info.path("Estimated Cardinality").asLong(),
                            filters.isMissingNode() ? null : filters.asText(),
                            null,
                            null));
        }
        plan.path("children").forEach(child -> collect(child, scans));
        if (plan.isArray()) {
            plan.forEach(child -> collect(child, scans));
        }
    }

    /**
     * A plan on DuckLake names a table without its catalog: a name that stands twice has no size.
     */
    private static ScanEstimate withSize(Lake lake, Connection connection, ScanEstimate scan) {
        List<ScanEstimate> found = new ArrayList<>();
        for (String catalog : lake.store().catalogs()) {
            String query =
                    "SELECT file_count, file_size_bytes FROM ducklake_table_info("
                            + Sql.literal(catalog)
                            + ") WHERE table_name = "
                            + Sql.literal(scan.table());
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    found.add(
                            new ScanEstimate(
                                    scan.table(),
                                    scan.rows(),
                                    scan.filters(),
                                    result.getLong(1),
                                    result.getLong(2)));
                }
            } catch (SQLException e) {
                return scan;
            }
        }
        return found.size() == 1 ? found.get(0) : scan;
    }
}
