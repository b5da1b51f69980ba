package ai.altertable.local.http;

import ai.altertable.local.Api;
import ai.altertable.local.lake.BadRequest;
import ai.altertable.local.lake.Lake;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;

/** {@code POST /query}, and what can be asked and done about a query by its id. */
final class QueryEndpoint {

    private final Api api;
    private final Lake lake;
    private final BufferAllocator allocator;
    private final ClientWatch clients;
    private final RunningQueries queries;

    QueryEndpoint(
            Api api,
            Lake lake,
            BufferAllocator allocator,
            ClientWatch clients,
            RunningQueries queries) {
        this.api = api;
        this.lake = lake;
        this.allocator = allocator;
        this.clients = clients;
        this.queries = queries;
    }

    void post(Call call) throws ApiException, IOException {
        QueryRequest request = QueryRequest.of(call.json());
        RunningQuery query = new RunningQuery(request, call.header("user-agent"));
        queries.add(query);
        QueryAnswer answer = new QueryAnswer(call, query);
        ClientWatch.Watch watch = clients.over(call, query::cancel);
        try {
            if (!api.failsQueriesByStatus() && request.result().format() == QueryFormat.DEFAULT) {
                answer.start();
            }
            run(request, query, answer);
        } finally {
            watch.end();
            query.end(Optional.of("the connection broke"));
        }
        answer.end();
    }

    private void run(QueryRequest request, RunningQuery query, QueryAnswer answer)
            throws IOException {
        try {
            var statements = lake.guard().check(request.statement());
            new QueryRun(lake, allocator, query).run(statements, answer);
            query.end(Optional.empty());
        } catch (QueryFailure | BadRequest e) {
            query.end(Optional.of(e.getMessage()));
            answer.fail(e.getMessage());
        }
    }

    void get(Call call) throws ApiException {
        call.replyJson(find(call).toJson());
    }

    void cancel(Call call) throws ApiException {
        RunningQuery query = find(call);
        String session = call.requiredParameter("session_id");
        if (!query.request().sessionId().toString().equalsIgnoreCase(session)) {
            call.replyJson(
                    Map.of("cancelled", false, "message", "The session is not that of the query"));
        } else if (query.cancel()) {
            call.replyJson(Map.of("cancelled", true, "message", "The query is cancelled"));
        } else {
            call.replyJson(Map.of("cancelled", false, "message", "The query had already ended"));
        }
    }

    private RunningQuery find(Call call) throws ApiException {
        String id = call.path().substring("/query/".length());
        try {
            return queries.find(UUID.fromString(id))
                    .orElseThrow(() -> new ApiException(404, "There is no query with this id"));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "The id of a query is a UUID");
        }
    }

    /** Stops what still runs. */
    void cancelAll() {
        queries.all().forEach(RunningQuery::cancel);
    }
}
