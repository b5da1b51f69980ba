package ai.altertable.flink.client;

import ai.altertable.flink.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * The sockets and threads of one connection: one in a process, shared by all clients of an equal
 * connection, closed with the last of them. Nothing of ours is left behind then. (OkHttp and Okio
 * have a daemon thread each for all their users in a class loader; they end when idle for a
 * minute.)
 *
 * <h2>What OkHttp must not do by itself</h2>
 *
 * <p>Retry, on any ground: it knows neither what a request does nor who counts. Follow redirects.
 * Limit how many calls run: their callers do.
 *
 * <h2>Pooled connections</h2>
 *
 * <p>A server may close an idle one at any time, and a POST that meets this has an unknown outcome.
 * So idle ones are kept only for a moment, long enough for the next chunk of a busy sink, and
 * {@link StaleConnectionCheck} looks at each before a request goes out on it.
 */
final class Transport {

    private static final Duration KEEP_IDLE = Duration.ofSeconds(5);
    private static final int MAX_IDLE = 64;

    private static final Map<Connection, Transport> SHARED = new HashMap<>();

    private final Connection connection;
    private final TimerThread timer;
    private final ThreadPoolExecutor threads;
    private final OkHttpClient http;

    /** Guarded by {@link #SHARED}. */
    private int users;

    private Transport(Connection connection) {
        this.connection = connection;
        this.timer = new TimerThread(daemons("altertable-timer"));
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        KEEP_IDLE.toMillis(),
                        TimeUnit.MILLISECONDS,
                        new SynchronousQueue<>(),
                        daemons("altertable-http"));
        this.http = newClient();
    }

    /** The transport of this connection; goes with one {@link #release}. */
    static Transport acquire(Connection connection) {
        synchronized (SHARED) {
            Transport transport = SHARED.get(connection);
            if (transport == null) {
                transport = new Transport(connection);
                SHARED.put(connection, transport);
            }
            transport.users++;
            return transport;
        }
    }

    /** One user more, of a transport that has one. */
    void retain() {
        synchronized (SHARED) {
            users++;
        }
    }

    void release() {
        synchronized (SHARED) {
            if (--users > 0) {
                return;
            }
            SHARED.remove(connection, this);
        }
        timer.close();
        http.dispatcher().cancelAll();
        threads.shutdown();
        http.connectionPool().evictAll();
    }

    static int inUse() {
        synchronized (SHARED) {
            return SHARED.size();
        }
    }

    private OkHttpClient newClient() {
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .connectionPool(
                                new ConnectionPool(
                                        MAX_IDLE, KEEP_IDLE.toMillis(), TimeUnit.MILLISECONDS))
                        .retryOnConnectionFailure(false)
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .socketFactory(new BufferedSockets())
                        .eventListenerFactory(Transport::listenerOf)
                        .addNetworkInterceptor(new StaleConnectionCheck())
                        .addNetworkInterceptor(new HiddenRetryAfter())
                        .connectTimeout(connection.connectionTimeout())
                        // Attempts and streams have limits of their own.
                        .callTimeout(Duration.ZERO)
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO);
        if (connection.url().getScheme().equalsIgnoreCase("https")) {
            builder.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS));
        }
        if (!connection.caCertificate().isEmpty()) {
            TrustedAuthorities authorities = TrustedAuthorities.in(connection.caCertificate());
            builder.sslSocketFactory(authorities.sockets(), authorities.trustManager());
        }
        return builder.build();
    }

    private static EventListener listenerOf(Call call) {
        return call.request().tag(Attempt.class);
    }

    Connection connection() {
        return connection;
    }

    Scheduler scheduler() {
        return timer;
    }

    /** Threads that may block, as many as it takes. */
    Executor threads() {
        return task -> {
            try {
                threads.execute(task);
            } catch (RejectedExecutionException e) {
                // The last user is gone: all streams are closed, so there is nothing to block on.
                task.run();
            }
        };
    }

    /** A call; the attempt is its listener. */
    Call newCall(Request request, Attempt<?> attempt) {
        return http.newCall(request.newBuilder().tag(Attempt.class, attempt).build());
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            // Not the loader of the job that happened to come first: others may outlive it.
            thread.setContextClassLoader(Transport.class.getClassLoader());
            return thread;
        };
    }
}
