package ai.altertable.local.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The queries that run, and the last ones that ended. */
final class RunningQueries {

    private static final int KEPT = 10_000;

    private final Map<UUID, RunningQuery> queries =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, RunningQuery> eldest) {
                    return size() > KEPT;
                }
            };

    synchronized void add(RunningQuery query) {
        queries.remove(query.request().queryId());
        queries.put(query.request().queryId(), query);
    }

    synchronized Optional<RunningQuery> find(UUID id) {
        return Optional.ofNullable(queries.get(id));
    }

    synchronized List<RunningQuery> all() {
        return List.copyOf(queries.values());
    }
}
