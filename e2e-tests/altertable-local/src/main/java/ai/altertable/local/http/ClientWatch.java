package ai.altertable.local.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;

/** Looks after the clients of running queries and tells when one has gone. */
final class ClientWatch implements AutoCloseable {

    private static final long EVERY_MILLIS = 100;

    private final Map<WatchedEndPoint, Runnable> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "client-watch");
                        thread.setDaemon(true);
                        return thread;
                    });

    ClientWatch() {
        timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        watched.forEach(
                (endPoint, onGone) ->
                        watched.computeIfPresent(
                                endPoint,
                                (key, action) -> {
                                    if (!key.clientIsGone()) {
                                        return action;
                                    }
                                    action.run();
                                    return null;
                                }));
    }

    /** Runs {@code onGone} once when the client leaves before the watch ends. */
    Watch over(Call call, Runnable onGone) {
        // HTTP/2 keeps reading, so Jetty itself tells of a stream that was reset.
        call.request().addFailureListener(failure -> onGone.run());
        ConnectionMetaData connection = call.request().getConnectionMetaData();
        WatchedEndPoint endPoint = WatchedEndPoint.below(connection.getConnection().getEndPoint());
        if (endPoint == null || connection.getHttpVersion() == HttpVersion.HTTP_2) {
            return () -> {};
        }
        watched.put(endPoint, onGone);
        // Not while the watch looks: it would read what belongs to the next request.
        return () -> watched.remove(endPoint);
    }

    /** Ends with the request. */
    @FunctionalInterface
    interface Watch {
        void end();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
