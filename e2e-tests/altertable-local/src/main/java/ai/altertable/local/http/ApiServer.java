package ai.altertable.local.http;

import ai.altertable.local.Api;
import ai.altertable.local.Arrivals;
import ai.altertable.local.Faults;
import ai.altertable.local.Settings;
import ai.altertable.local.Settings.Listen;
import ai.altertable.local.Settings.Tls;
import ai.altertable.local.lake.Inventory;
import ai.altertable.local.lake.Lake;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: HTTP/1.1, and with TLS also HTTP/2. */
public final class ApiServer implements AutoCloseable {

    /** A reader may rest so long, as one under back-pressure does. */
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(15);

    /** What is being loaded when the server stops has so long to come to its end. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_THREADS = 512;

    private final BufferAllocator allocator = new RootAllocator();
    private final ClientWatch clients = new ClientWatch();
    private final AppendEndpoint appends;
    private final QueryEndpoint queries;
    private final Server server;
    private final ServerConnector connector;

    private ApiServer(Settings settings, Lake lake, Faults faults, Arrivals arrivals) {
        Traffic traffic = new Traffic();
        appends = new AppendEndpoint(lake, traffic);
        queries = new QueryEndpoint(settings.api(), lake, allocator, clients, new RunningQueries());
        Routes routes = routes(settings, lake, traffic, new ControlEndpoint(faults, arrivals));
        Users users = new Users(settings.api(), settings.users());
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("api");
        server = new Server(threads);
        connector = connector(server, settings.listen());
        server.addConnector(connector);
        server.setHandler(
                new GracefulHandler(
                        new ApiHandler(lake, users, routes, faults, arrivals, traffic)));
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
    }

    /** Starts to listen. */
    public static ApiServer start(Settings settings, Lake lake, Faults faults, Arrivals arrivals)
            throws IOException {
        ApiServer api = new ApiServer(settings, lake, faults, arrivals);
        try {
            api.server.start();
            return api;
        } catch (IOException e) {
            api.close();
            throw e;
        } catch (Exception e) {
            api.close();
            throw new IllegalStateException("Jetty did not start", e);
        }
    }

    private Routes routes(Settings settings, Lake lake, Traffic traffic, ControlEndpoint control) {
        Api api = settings.api();
        UploadEndpoint uploads = new UploadEndpoint(api, lake, traffic);
        StatementEndpoints statements = new StatementEndpoints(lake);
        PageEndpoint page = new PageEndpoint(new Inventory(lake), traffic, about(settings));
        List<Route> routes = new ArrayList<>();
        routes.add(Route.api("POST", "/query", queries::post));
        routes.add(Route.api("GET", "/query/", queries::get));
        routes.add(Route.api("DELETE", "/query/", queries::cancel));
        routes.add(Route.file("/upload", uploads::upload));
        routes.add(Route.api("POST", "/append", appends::post));
        routes.add(Route.api("GET", "/tasks/", appends::task));
        routes.add(Route.api("POST", "/validate", statements::validate));
        if (api.hasTodaysEndpoints()) {
            routes.add(Route.file("/upsert", uploads::upsert));
            routes.add(Route.api("POST", "/explain", statements::explain));
            routes.add(Route.api("POST", "/autocomplete", statements::autocomplete));
        }
        routes.add(new Route("GET", "/", Route.Access.PUBLIC, false, page::page));
        routes.add(new Route("GET", "/_status", Route.Access.PRIVATE, false, page::status));
        if (settings.control()) {
            routes.addAll(controlRoutes(control));
        }
        return new Routes(List.copyOf(routes));
    }

    private static List<Route> controlRoutes(ControlEndpoint control) {
        String faults = "/_control/faults";
        String arrivals = "/_control/arrivals";
        return List.of(
                new Route("GET", faults, Route.Access.PRIVATE, false, control::listFaults),
                new Route("POST", faults, Route.Access.PRIVATE, false, control::addFault),
                new Route("DELETE", faults, Route.Access.PRIVATE, false, control::clearFaults),
                new Route("GET", arrivals, Route.Access.PRIVATE, false, control::listArrivals),
                new Route("DELETE", arrivals, Route.Access.PRIVATE, false, control::clearArrivals));
    }

    private static Map<String, Object> about(Settings settings) {
        return Map.of(
                "started", Instant.now().toString(),
                "storage", settings.store().storage().flag(),
                "durable", settings.store().data().isPresent(),
                "catalogs", settings.store().catalogs());
    }

    private static ServerConnector connector(Server server, Listen listen) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setUriCompliance(UriCompliance.DEFAULT);
        ServerConnector connector =
                new ServerConnector(server, factories(http, listen)) {
                    @Override
                    protected SocketChannelEndPoint newEndPoint(
                            SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                        SocketChannelEndPoint endPoint =
                                new WatchedEndPoint(channel, selector, key, getScheduler());
                        endPoint.setIdleTimeout(getIdleTimeout());
                        return endPoint;
                    }
                };
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setReuseAddress(true);
        return connector;
    }

    private static ConnectionFactory[] factories(HttpConfiguration http, Listen listen) {
        if (listen.tls().isEmpty()) {
            return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        }
        Tls tls = listen.tls().get();
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(TlsFiles.keyStore(tls));
        ssl.setKeyStorePassword("");
        http.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        return new ConnectionFactory[] {
            new SslConnectionFactory(ssl, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http)
        };
    }

    /** The port that was taken. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no new requests, stops queries, lets loads end. */
    @Override
    public void close() {
        try {
            queries.cancelAll();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not stop", e);
        } finally {
            appends.close();
            clients.close();
            allocator.close();
        }
    }
}
