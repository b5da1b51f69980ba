package ai.altertable.local.http;

import ai.altertable.local.lake.Append;
import ai.altertable.local.lake.DuckDbError;
import ai.altertable.local.lake.Lake;
import ai.altertable.local.lake.TableRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** {@code POST /append}: rows are appended one by one behind the request, or in it with sync. */
final class AppendEndpoint implements AutoCloseable {

    private static final int MAX_TASKS = 100_000;
    private static final long CLOSE_SECONDS = 30;

    private final Lake lake;
    private final Traffic traffic;
    private final Map<UUID, Future<Optional<String>>> tasks = new ConcurrentHashMap<>();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "append"));

    AppendEndpoint(Lake lake, Traffic traffic) {
        this.lake = lake;
        this.traffic = traffic;
    }

    void post(Call call) throws ApiException {
        TableRef table = UploadEndpoint.table(call);
        if (!lake.store().hasCatalog(table.catalog())) {
            throw new ApiException(400, "Catalog \"" + table.catalog() + "\" does not exist");
        }
        List<JsonNode> rows;
        try {
            rows = rows(Call.JSON.readTree(call.body().bytes()));
        } catch (IOException e) {
            rows = null;
        }
        if (rows == null) {
            call.replyJson(400, answer(false, "invalid-data", "not an object or objects", null));
            return;
        }
        List<JsonNode> accepted = rows;
        UUID id = UUID.randomUUID();
        Future<Optional<String>> task = worker.submit(() -> append(new Append(table), accepted));
        if (tasks.size() < MAX_TASKS) {
            tasks.put(id, task);
        }
        if (call.parameter("sync").map(Boolean::parseBoolean).orElse(false)) {
            Optional<String> failure = result(task);
            String code = failure.isPresent() ? "incompatible-schema" : null;
            call.replyJson(answer(failure.isEmpty(), code, failure.orElse(null), id));
        } else {
            call.replyJson(answer(true, null, null, id));
        }
    }

    /** An object, or objects in an array; null for anything else. */
    private static List<JsonNode> rows(JsonNode body) {
        List<JsonNode> rows = new ArrayList<>();
        if (body != null && body.isArray()) {
            body.forEach(rows::add);
        } else if (body != null) {
            rows.add(body);
        }
        boolean objects = rows.stream().allMatch(row -> row.isObject() && !row.isEmpty());
        return body != null && objects ? rows : null;
    }

    private Optional<String> append(Append append, List<JsonNode> rows) {
        for (JsonNode row : rows) {
            try {
                append.row(lake, row);
                traffic.loaded(1, row.toString().length());
            } catch (SQLException e) {
                return Optional.of(DuckDbError.message(e).lines().findFirst().orElse(""));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> result(Future<Optional<String>> task) throws ApiException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "The server is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Map<String, Object> answer(boolean ok, String code, String message, UUID task) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", ok);
        answer.put("error_code", code);
        answer.put("error_message", message);
        answer.put("task_id", task == null ? null : task.toString());
        return answer;
    }

    void task(Call call) throws ApiException {
        String id = call.path().substring("/tasks/".length());
        Future<Optional<String>> task;
        try {
            task = tasks.get(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "The id of a task is a UUID");
        }
        if (task == null) {
            throw new ApiException(404, "There is no task with this id");
        }
        call.replyJson(Map.of("task_id", id, "status", task.isDone() ? "completed" : "pending"));
    }

    /** Lets what was accepted come to its end. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
