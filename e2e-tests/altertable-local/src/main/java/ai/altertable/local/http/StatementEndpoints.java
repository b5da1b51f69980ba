package ai.altertable.local.http;

import ai.altertable.local.lake.BadRequest;
import ai.altertable.local.lake.Completions;
import ai.altertable.local.lake.DuckDbError;
import ai.altertable.local.lake.Lake;
import ai.altertable.local.lake.ScanEstimate;
import ai.altertable.local.lake.SqlScript.Statement;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /validate}, {@code /explain}, {@code /autocomplete}: about statements not run. */
final class StatementEndpoints {

    private final Lake lake;

    StatementEndpoints(Lake lake) {
        this.lake = lake;
    }

    void validate(Call call) throws ApiException {
        String sql = Call.statement(call.json());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("valid", true);
        answer.put("statement", sql);
        answer.put("connections_errors", Map.of());
        try (Connection connection = lake.session()) {
            for (Statement statement : lake.guard().check(sql)) {
                try (PreparedStatement bound = connection.prepareStatement(statement.text())) {
                    bound.getMetaData();
                }
            }
        } catch (BadRequest | SQLException e) {
            answer.put("valid", false);
            answer.put("error", DuckDbError.message(e));
        }
        call.replyJson(answer);
    }

    void explain(Call call) throws ApiException {
        String sql = Call.statement(call.json());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("statement", sql);
        answer.put("connections_errors", Map.of());
        try (Connection connection = lake.session()) {
            List<Statement> statements = lake.guard().check(sql);
            String last = statements.get(statements.size() - 1).text();
            List<ScanEstimate> scans = ScanEstimate.of(lake, connection, last);
            answer.put("tables", scans.stream().map(StatementEndpoints::toJson).toList());
            answer.put("total_files", sum(scans.stream().map(ScanEstimate::files).toList()));
            answer.put("total_bytes", sum(scans.stream().map(ScanEstimate::bytes).toList()));
        } catch (BadRequest | SQLException e) {
            answer.put("tables", List.of());
            answer.put("total_files", null);
            answer.put("total_bytes", null);
            answer.put("error", DuckDbError.message(e));
        }
        call.replyJson(answer);
    }

    void autocomplete(Call call) throws ApiException {
        JsonNode json = call.json();
        String sql = Call.statement(json);
        JsonNode asked = json.path("max_suggestions");
        int limit =
                Completions.limit(
                        asked.canConvertToInt() ? Optional.of(asked.intValue()) : Optional.empty());
        try (Connection connection = lake.session()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(
                    "suggestions",
                    Completions.of(connection, sql, limit).stream()
                            .map(StatementEndpoints::toJson)
                            .toList());
            answer.put("statement", sql);
            answer.put("connections_errors", Map.of());
            call.replyJson(answer);
        } catch (SQLException e) {
            throw new ApiException(400, DuckDbError.message(e));
        }
    }

    private static Map<String, Object> toJson(Completions.Suggestion suggestion) {
        return Map.of(
                "suggestion", suggestion.word(),
                "suggestion_start", suggestion.start(),
                "suggestion_type", suggestion.kind(),
                "suggestion_score", suggestion.score());
    }

    private static Map<String, Object> toJson(ScanEstimate scan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table_name", scan.table());
        json.put("estimated_rows", scan.rows());
        json.put("filters", scan.filters());
        json.put("total_files", scan.files());
        json.put("total_bytes", scan.bytes());
        return json;
    }

    /** A total is known only where each part is. */
    private static Long sum(List<Long> parts) {
        long sum = 0;
        for (Long part : parts) {
            if (part == null) {
                return null;
            }
            sum += part;
        }
        return sum;
    }
}
