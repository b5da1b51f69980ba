package ai.altertable.flink.client;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How much a statement would read, as far as the server knows. */
public record Explanation(List<Table> tables, OptionalLong totalFiles, OptionalLong totalBytes) {

    /** How much of one table. */
    public record Table(
            String name,
            OptionalLong estimatedRows,
            OptionalLong totalFiles,
            OptionalLong totalBytes) {}

    static Explanation of(Map<String, Object> json) {
        List<?> tables = json.get("tables") instanceof List<?> list ? list : List.of();
        return new Explanation(
                tables.stream()
                        .filter(Map.class::isInstance)
                        .map(table -> table((Map<?, ?>) table))
                        .toList(),
                JsonTree.number(json, "total_files"),
                JsonTree.number(json, "total_bytes"));
    }

    private static Table table(Map<?, ?> json) {
        return new Table(
                json.get("table_name") instanceof String name ? name : "",
                JsonTree.number(json, "estimated_rows"),
                JsonTree.number(json, "total_files"),
                JsonTree.number(json, "total_bytes"));
    }
}
