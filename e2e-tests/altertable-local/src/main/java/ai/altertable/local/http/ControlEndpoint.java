package ai.altertable.local.http;

import ai.altertable.local.Arrival;
import ai.altertable.local.Arrivals;
import ai.altertable.local.Fault;
import ai.altertable.local.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Faults and arrivals over HTTP, for tests in other processes; there only when asked for.
 *
 * <p>{@code POST /_control/faults} takes an object such as {@code {"action": "status", "status":
 * 503, "retry_after": "1", "path": "/upload", "times": 3}}.
 */
final class ControlEndpoint {

    private final Faults faults;
    private final Arrivals arrivals;

    ControlEndpoint(Faults faults, Arrivals arrivals) {
        this.faults = faults;
        this.arrivals = arrivals;
    }

    void listFaults(Call call) {
        call.replyJson(faults.pending().stream().map(Fault::toString).toList());
    }

    void clearFaults(Call call) {
        faults.clear();
        call.replyJson(Map.of("ok", true));
    }

    void addFault(Call call) throws ApiException {
        JsonNode json = call.json();
        switch (json.path("action").asText("")) {
            case "max_body" -> faults.refuseBodiesAbove(number(required(json, "bytes"), "bytes"));
            case "random" -> {
                List<Fault> candidates = new ArrayList<>();
                for (JsonNode candidate : required(json, "faults")) {
                    candidates.add(fault(candidate));
                }
                try {
                    faults.random(
                            json.path("seed").asLong(0),
                            required(json, "probability").asDouble(),
                            candidates.toArray(Fault[]::new));
                } catch (IllegalArgumentException e) {
                    throw new ApiException(400, e.getMessage());
                }
            }
            default -> faults.add(fault(json));
        }
        call.replyJson(Map.of("ok", true));
    }

    private static Fault fault(JsonNode json) throws ApiException {
        Fault fault =
                action(json).after(Duration.ofMillis(number(json.path("delay_ms"), "delay_ms")));
        Optional<String> path = Call.text(json, "path");
        Optional<String> table = Call.text(json, "table");
        Optional<String> statement = Call.text(json, "statement");
        fault = path.map(fault::onPath).orElse(fault);
        fault = table.map(fault::onTable).orElse(fault);
        fault = statement.map(fault::onStatement).orElse(fault);
        if (!json.has("times")) {
            return fault.times(1);
        }
        int times = (int) Math.min(number(json.get("times"), "times"), Integer.MAX_VALUE);
        return times < 1 ? fault.forever() : fault.times(times);
    }

    private static Fault action(JsonNode json) throws ApiException {
        long rows = number(json.path("after_rows"), "after_rows");
        String name = json.path("action").asText("");
        return switch (name) {
            case "status" -> status(json);
            case "delay" -> Fault.delay(Duration.ZERO);
            case "break_before" -> Fault.breakBefore();
            case "break_after" -> Fault.breakAfter();
            case "cut_result" -> Fault.cutResult(rows);
            case "error_line" ->
                    Fault.errorLine(rows, Call.text(json, "message").orElse("injected fault"));
            default ->
                    throw new ApiException(
                            400,
                            "Field 'action' must be one of status, delay, break_before,"
                                    + " break_after, cut_result, error_line, max_body, random");
        };
    }

    private static Fault status(JsonNode json) throws ApiException {
        int code = required(json, "status").asInt();
        if (code < 200 || code > 599) {
            throw new ApiException(400, "Field 'status' must be between 200 and 599");
        }
        Fault fault = Fault.status(code);
        Optional<String> retryAfter = Call.text(json, "retry_after");
        Optional<String> body = Call.text(json, "body");
        fault = retryAfter.map(fault::retryAfter).orElse(fault);
        return body.map(fault::body).orElse(fault);
    }

    /** A misspelt number would make quite another fault, so it is refused; none is 0. */
    private static long number(JsonNode value, String field) throws ApiException {
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new ApiException(400, "Field '" + field + "' must be a whole number from 0 on");
        }
        return value.longValue();
    }

    private static JsonNode required(JsonNode json, String field) throws ApiException {
        if (!json.hasNonNull(field)) {
            throw new ApiException(400, "Missing field: " + field);
        }
        return json.get(field);
    }

    void listArrivals(Call call) {
        call.replyJson(arrivals.all().stream().map(ControlEndpoint::toJson).toList());
    }

    void clearArrivals(Call call) {
        arrivals.clear();
        call.replyJson(Map.of("ok", true));
    }

    private static Map<String, Object> toJson(Arrival arrival) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", arrival.number());
        json.put("method", arrival.method());
        json.put("path", arrival.path());
        json.put("parameters", arrival.parameters());
        json.put("headers", arrival.headers());
        json.put("body_bytes", arrival.body().bytes());
        json.put("body_sha256", arrival.body().sha256());
        json.put("statement", arrival.body().statement());
        json.put("started", arrival.result().started().toString());
        json.put("took_ms", arrival.result().took().toMillis());
        json.put("status", arrival.result().status());
        json.put("fault", arrival.result().fault().map(f -> f.action().toString()).orElse(null));
        return json;
    }
}
