package ai.altertable.local.http;

import ai.altertable.local.Arrival;
import ai.altertable.local.Arrivals;
import ai.altertable.local.Fault;
import ai.altertable.local.Faults;
import ai.altertable.local.lake.Lake;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request: who sends it, which route it takes, its body, the fault that strikes it,
 * the endpoint, the record of its arrival. Every request is answered or broken exactly once.
 */
final class ApiHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final Lake lake;
    private final Users users;
    private final Routes routes;
    private final Faults faults;
    private final Arrivals arrivals;
    private final Traffic traffic;
    private final AtomicLong numbers = new AtomicLong();

    ApiHandler(
            Lake lake,
            Users users,
            Routes routes,
            Faults faults,
            Arrivals arrivals,
            Traffic traffic) {
        this.lake = lake;
        this.users = users;
        this.routes = routes;
        this.faults = faults;
        this.arrivals = arrivals;
        this.traffic = traffic;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Call call;
        try {
            call = new Call(request, response, callback);
        } catch (ApiException e) {
            Response.writeError(request, response, callback, e.status(), e.getMessage());
            return true;
        }
        try {
            serve(call);
        } catch (ApiException e) {
            call.replyText(e.status(), e.getMessage());
        } catch (IOException e) {
            LOG.debug("{} {}: the client has gone", call.method(), call.path(), e);
            call.abandon(e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", call.method(), call.path(), e);
            call.failInternally(e);
        }
        return true;
    }

    private void serve(Call call) throws ApiException, IOException {
        Route route = routes.find(call);
        if (route.access() != Route.Access.PUBLIC) {
            authenticate(call);
        }
        if (route.access() != Route.Access.API) {
            call.setBody(Body.document(content(call), Long.MAX_VALUE));
            route.endpoint().handle(call);
            return;
        }
        traffic.request();
        try (Body body = read(call, route)) {
            call.setBody(body);
            String statement = route.takesFile() ? "" : statement(body);
            call.setFault(faults.strike(call.path(), call.parameters(), statement));
            arrivals.begin();
            call.onAnswer(new Record(call, statement));
            try {
                answer(call, route);
            } catch (ApiException e) {
                call.replyText(e.status(), e.getMessage());
            } finally {
                call.answerIsKnown();
            }
        }
    }

    /** Keeps an arrival when its answer is known. */
    private final class Record implements Runnable {

        private final Call call;
        private final String statement;
        private final long number = numbers.incrementAndGet();
        private final Instant started = Instant.now();
        private final long startedNanos = System.nanoTime();

        Record(Call call, String statement) {
            this.call = call;
            this.statement = statement;
        }

        @Override
        public void run() {
            Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
            arrivals.add(
                    new Arrival(
                            number,
                            call.method(),
                            call.path(),
                            call.parameters(),
                            call.headers(),
                            call.body().arrival(statement),
                            new Arrival.Result(started, took, call.status(), call.fault())));
        }
    }

    private void authenticate(Call call) throws ApiException {
        if (users.authenticate(call.header("authorization")).isEmpty()) {
            call.setHeader(HttpHeader.WWW_AUTHENTICATE.asString(), users.challenge());
            throw new ApiException(401, "Unknown user or wrong password");
        }
    }

    private static InputStream content(Call call) {
        return Content.Source.asInputStream(call.request());
    }

    private Body read(Call call, Route route) throws ApiException, IOException {
        long limit = faults.maxBodyBytes();
        if (call.request().getLength() > limit) {
            throw new ApiException(413, "The body is larger than " + limit + " bytes");
        }
        return route.takesFile()
                ? Body.file(content(call), lake.newSpoolFile(), limit)
                : Body.document(content(call), limit);
    }

    /** The SQL of a request, where it is one that has any. */
    private static String statement(Body body) {
        try {
            JsonNode json = Call.JSON.readTree(body.bytes());
            return json == null ? "" : json.path("statement").asText("");
        } catch (IOException notJson) {
            return "";
        }
    }

    private static void answer(Call call, Route route) throws ApiException, IOException {
        Optional<Fault> fault = call.fault();
        if (fault.isPresent()) {
            pause(fault.get().delay());
            if (fault.get().action() instanceof Fault.Action.BreakBefore) {
                call.breakConnection();
                return;
            }
            if (fault.get().action() instanceof Fault.Action.Status status) {
                status.retryAfter()
                        .ifPresent(v -> call.setHeader(HttpHeader.RETRY_AFTER.asString(), v));
                call.replyText(status.status(), status.body());
                return;
            }
        }
        route.endpoint().handle(call);
    }

    private static void pause(Duration delay) throws ApiException {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "The server is stopping");
        }
    }
}
