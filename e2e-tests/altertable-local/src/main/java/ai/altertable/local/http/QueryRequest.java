package ai.altertable.local.http;

import ai.altertable.local.render.ResultLines.Window;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The body of {@code POST /query}. Hints for a real service's scheduler are checked and not used.
 */
record QueryRequest(
        String statement,
        UUID queryId,
        UUID sessionId,
        Scope scope,
        Result result,
        Optional<String> requestedBy,
        boolean visible) {

    private static final Set<String> COMPUTE_SIZES = Set.of("XS", "S", "M", "L", "XL", "AUTO");

    /** Which rows are wanted, and in which form. */
    record Result(Window window, QueryFormat format) {}

    /** What names and times without their own catalog, schema or zone mean. */
    record Scope(Optional<String> catalog, Optional<String> schema, Optional<String> timezone) {}

    static QueryRequest of(JsonNode json) throws ApiException {
        checkHints(json);
        return new QueryRequest(
                Call.statement(json),
                uuid(json, "query_id"),
                uuid(json, "session_id"),
                new Scope(
                        Call.text(json, "catalog"),
                        Call.text(json, "schema"),
                        Call.text(json, "timezone")),
                new Result(
                        new Window(
                                number(json, "offset").orElse(Window.ALL.offset()),
                                number(json, "limit").orElse(Window.ALL.limit())),
                        QueryFormat.of(Call.text(json, "format"))),
                Call.text(json, "requested_by"),
                flag(json, "visible").orElse(true));
    }

    private static void checkHints(JsonNode json) throws ApiException {
        for (String field : List.of("cache", "ephemeral", "sanitize")) {
            flag(json, field);
        }
        Optional<String> size = Call.text(json, "compute_size");
        if (size.isPresent() && !COMPUTE_SIZES.contains(size.get())) {
            throw new ApiException(
                    400, "Field 'compute_size' must be one of XS, S, M, L, XL, AUTO");
        }
        checkOnly(json, "dialect", "duckdb");
    }

    private static void checkOnly(JsonNode json, String field, String supported)
            throws ApiException {
        Optional<String> value = Call.text(json, field);
        if (value.isPresent() && !value.get().equalsIgnoreCase(supported)) {
            throw new ApiException(
                    400, "Field '" + field + "' can only be '" + supported + "' on this server");
        }
    }

    private static UUID uuid(JsonNode json, String field) throws ApiException {
        Optional<String> text = Call.text(json, field);
        try {
            return text.map(UUID::fromString).orElseGet(UUID::randomUUID);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "Field '" + field + "' must be a UUID");
        }
    }

    private static Optional<Long> number(JsonNode json, String field) throws ApiException {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new ApiException(400, "Field '" + field + "' must be a whole number from 0 on");
        }
        return Optional.of(value.longValue());
    }

    private static Optional<Boolean> flag(JsonNode json, String field) throws ApiException {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw new ApiException(400, "Field '" + field + "' must be true or false");
        }
        return Optional.of(value.booleanValue());
    }
}
