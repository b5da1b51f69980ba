package ai.altertable.flink.client;

import ai.altertable.flink.UpsertEndpoint;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The way of upserts to a server, and the memory of which generation it is: as long as its client
 * lives, a server is asked for {@code /upsert} once at most if it does not have it.
 */
final class UpsertRoute {

    private volatile UpsertEndpoint endpoint;

    UpsertRoute(UpsertEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Tries an upsert by the endpoint that the server has.
     *
     * <p>A 404 can also mean that today's server misses the table. Only a success by the other
     * endpoint proves the first generation, so only that is remembered; and if both refuse, both
     * are told.
     */
    CompletableFuture<Attempted<Void>> attempt(
            Supplier<CompletableFuture<Attempted<Void>>> byUpsert,
            Supplier<CompletableFuture<Attempted<Void>>> byUpload) {
        return switch (endpoint) {
            case UPSERT -> byUpsert.get();
            case UPLOAD -> byUpload.get();
            case AUTO ->
                    byUpsert.get()
                            .thenCompose(
                                    first ->
                                            first.isOfMissingEndpoint()
                                                    ? byUpload.get()
                                                            .thenApply(
                                                                    second -> decide(first, second))
                                                    : CompletableFuture.completedFuture(first));
        };
    }

    private Attempted<Void> decide(Attempted<Void> first, Attempted<Void> second) {
        if (second instanceof Attempted.Failed<Void> failed) {
            Failure failure = failed.failure();
            return failure.outcome().retryHelps()
                    ? second
                    : new Attempted.Failed<>(
                            failure.preceded(
                                    "POST /upsert answered "
                                            + ((Attempted.Failed<Void>) first).failure().status()
                                            + ", then POST /upload: "));
        }
        endpoint = UpsertEndpoint.UPLOAD;
        return second;
    }
}
