package ai.altertable.flink.client;

import ai.altertable.flink.Connection;
import ai.altertable.flink.TableId;
import ai.altertable.flink.UpsertEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Request;

/**
 * Speaks with a lakehouse over HTTP.
 *
 * <h2>Sharing</h2>
 *
 * <p>A client is one user's, such as a writer's; it is light. What is heavy, sockets and threads,
 * is shared by all clients of an equal {@link Connection} in the process, and closed with the last.
 *
 * <h2>Futures</h2>
 *
 * <p>Every operation is asynchronous and its future is completed exactly once: by the result, or by
 * an {@link AltertableException} when retries are over or would not help. It is completed by an
 * HTTP thread, so what depends on it must not block. Cancelling a future does not stop its
 * operation; closing the client does.
 *
 * <h2>Retries</h2>
 *
 * <p>They happen here and nowhere else, with the same bytes: see {@link RetryPolicy} for when,
 * {@link Outcome} and {@link Operation} for whether.
 *
 * <h2>Limits</h2>
 *
 * <p>{@code connection.timeout} limits the way to a connection, from the name to TLS. {@code
 * request.timeout} limits an attempt of an upload as a whole; for a query, it limits the wait for
 * the head of the answer and each silence in the result, not the length of the result.
 *
 * <h2>Closing</h2>
 *
 * <p>{@link #close} gives up whatever runs, waits for nothing, and asks the server to cancel
 * queries whose results are still open.
 */
public final class AltertableClient implements AutoCloseable {

    private final Transport transport;
    private final Requests requests;
    private final Retried.Terms terms;
    private final UpsertRoute upserts;
    private final AtomicBoolean closed = new AtomicBoolean();

    private AltertableClient(Transport transport, Retried.Terms terms, UpsertEndpoint upserts) {
        this.transport = transport;
        this.requests = new Requests(transport.connection());
        this.terms = terms;
        this.upserts = new UpsertRoute(upserts);
    }

    /**
     * Opens a client; nothing is sent yet, only the file with the authorities is read.
     *
     * @param upserts which endpoint takes upserts; what {@code AUTO} finds out is remembered for
     *     the life of this client
     */
    public static AltertableClient open(
            Connection connection,
            RetryPolicy retries,
            UpsertEndpoint upserts,
            ClientObserver observer) {
        Transport transport = Transport.acquire(connection);
        Retried.Terms terms =
                new Retried.Terms(retries, transport.scheduler(), observer, new Lifetime());
        return new AltertableClient(transport, terms, upserts);
    }

    public CompletableFuture<Void> upload(Upload upload) {
        Request request = requests.upload(upload);
        return Retried.start(upload.purpose(), terms, () -> send(request, Answer::ofUpload));
    }

    /**
     * Uploads a file into a table that does not exist, under another name in each attempt: one of
     * unknown outcome is given up for good, and whatever becomes of it harms no other. Answers the
     * name of the attempt that succeeded.
     *
     * @param about what the rows are for, in messages
     */
    public CompletableFuture<TableId> stage(
            String about, Supplier<TableId> names, String format, Payload payload) {
        return Retried.start(
                new Purpose(Operation.STAGE, about),
                terms,
                () -> {
                    TableId name = names.get();
                    Upload upload = new Upload(name, UploadMode.CREATE, format, payload);
                    return send(requests.upload(upload), answer -> answer.ofUpload().as(name));
                });
    }

    public CompletableFuture<Void> upsert(Upsert upsert) {
        Request today = requests.upsert(upsert);
        Request first = requests.upsertByUpload(upsert);
        return Retried.start(
                upsert.purpose(),
                terms,
                () ->
                        upserts.attempt(
                                () -> send(today, Answer::ofUpload),
                                () -> send(first, Answer::ofUpload)));
    }

    /**
     * Sends a query; the stream is there with the head of the answer and has to be closed. Each
     * attempt is a query with an identity of its own. From the first byte on nothing is retried.
     */
    public CompletableFuture<QueryStream> query(Query query) {
        return Retried.start(query.purpose(), terms, () -> sendQuery(query));
    }

    /**
     * Sends a query and has its result read as a whole. Each attempt is a query with an identity of
     * its own and calls the reader anew. What breaks off in the middle is tried again like what
     * never began, as long as the query only reads.
     */
    public <T> CompletableFuture<T> read(Query query, ResultReader<T> reader) {
        WholeResult<T> result = new WholeResult<>(reader, terms.lifetime());
        return Retried.start(query.purpose(), terms, () -> sendAndRead(query, result));
    }

    private <T> CompletableFuture<Attempted<T>> sendAndRead(Query query, WholeResult<T> result) {
        // So that there still is a thread to read on if the client is closed before the answer.
        transport.retain();
        return sendQuery(query)
                // Not on the thread that happens to bring the answer: it may be a caller's.
                .thenApplyAsync(result::read, transport.threads())
                .whenComplete((attempted, unexpected) -> transport.release());
    }

    /** Whether a statement is valid; it does not run. */
    public CompletableFuture<Validation> validate(String about, String statement) {
        Request request = requests.validate(statement);
        return Retried.start(
                new Purpose(Operation.READ, about),
                terms,
                () -> send(request, answer -> new Attempted.Done<>(validation(answer))));
    }

    /** How much a statement would read; empty where the server cannot say. */
    public CompletableFuture<Optional<Explanation>> explain(String about, String statement) {
        Request request = requests.explain(statement);
        return Retried.start(
                new Purpose(Operation.READ, about),
                terms,
                () ->
                        AltertableClient.<Optional<Explanation>>orElseWhenMissing(
                                send(request, answer -> explanation(answer)), Optional.empty()));
    }

    /**
     * Asks the server to stop a query. Best effort: the future always completes normally, with
     * whether the server says that it did.
     */
    public CompletableFuture<Boolean> cancel(UUID queryId, UUID sessionId) {
        // A cancellation outlives its client: closing is when most of them are sent.
        transport.retain();
        Duration limit = transport.connection().connectionTimeout();
        Attempt<Boolean> attempt =
                attempt((answer, call) -> cancelled(answer), new Attempt.Limits(limit, limit));
        return attempt.start(transport.newCall(requests.cancel(queryId, sessionId), attempt))
                .thenApply(attempted -> attempted instanceof Attempted.Done<Boolean> d && d.value())
                .whenComplete((done, failure) -> transport.release());
    }

    /** Threads for what a caller does not do in his own, as many as it takes. */
    public Executor threads() {
        return transport.threads();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            terms.lifetime().end();
            transport.release();
        }
    }

    /** What to make of an answer that is read as a whole. */
    private interface WholeReader<T> {
        Attempted<T> read(Answer answer) throws IOException;
    }

    private <T> CompletableFuture<Attempted<T>> send(Request request, WholeReader<T> reader) {
        Attempt<T> attempt = attempt((answer, call) -> reader.read(answer), limits());
        return closable(attempt, attempt.start(transport.newCall(request, attempt)));
    }

    private CompletableFuture<Attempted<QueryStream>> sendQuery(Query query) {
        UUID queryId = UUID.randomUUID();
        UUID sessionId = query.session().orElseGet(UUID::randomUUID);
        Attempt<QueryStream> attempt =
                attempt(
                        (answer, call) -> stream(query, queryId, sessionId, answer, call),
                        limits());
        Call call = transport.newCall(requests.query(query, queryId, sessionId), attempt);
        // So that there still is one to cancel by if the client is closed before the answer.
        transport.retain();
        return closable(attempt, attempt.start(call))
                .whenComplete(
                        (attempted, unexpected) -> {
                            if (attempted instanceof Attempted.Failed<QueryStream> failed
                                    && failed.failure().outcome().mayBeApplied()) {
                                // It may still run, for nobody.
                                cancel(queryId, sessionId);
                            }
                            transport.release();
                        });
    }

    private <T> CompletableFuture<Attempted<T>> closable(
            Attempt<?> attempt, CompletableFuture<Attempted<T>> result) {
        Runnable close = attempt::close;
        terms.lifetime().atEnd(close);
        return result.whenComplete((done, failure) -> terms.lifetime().forget(close));
    }

    private <T> Attempt<T> attempt(Attempt.Reader<T> reader, Attempt.Limits limits) {
        return new Attempt<>(
                reader,
                limits,
                transport.scheduler(),
                transport.connection().credentials(),
                terms.observer());
    }

    private Attempt.Limits limits() {
        Connection connection = transport.connection();
        return new Attempt.Limits(connection.connectionTimeout(), connection.requestTimeout());
    }

    private Attempted<QueryStream> stream(
            Query query, UUID queryId, UUID sessionId, Answer answer, Call call) {
        if (!answer.showsItsEnd()) {
            return new Attempted.Failed<>(
                    answer.failure(
                            Outcome.MISCONFIGURED,
                            "the result has neither a length nor chunks, so that nobody could tell"
                                + " its end from a cut; is there a proxy that speaks HTTP/1.0?"));
        }
        Runnable[] close = new Runnable[1];
        QueryStream stream =
                new QueryStream(
                        query.purpose(),
                        call,
                        answer,
                        queryId,
                        new SilenceWatch(transport.scheduler(), limits().answer(), call::cancel),
                        (over, cancel) -> {
                            terms.lifetime().forget(close[0]);
                            if (cancel) {
                                cancel(queryId, sessionId);
                            }
                        });
        close[0] = stream::close;
        terms.lifetime().atEnd(close[0]);
        return new Attempted.Done<>(stream);
    }

    private Validation validation(Answer answer) throws IOException {
        Map<String, Object> json = answer.json().orElse(Map.of());
        Optional<String> error = JsonTree.text(json, "error").map(answer::cleaned);
        return new Validation(Boolean.TRUE.equals(json.get("valid")), error);
    }

    private static Attempted<Optional<Explanation>> explanation(Answer answer) throws IOException {
        Map<String, Object> json = answer.json().orElse(Map.of());
        Optional<String> error = JsonTree.text(json, "error");
        if (error.isPresent()) {
            String words = answer.cleaned(error.get());
            return new Attempted.Failed<>(answer.failure(Outcome.ofWords(words), words));
        }
        return new Attempted.Done<>(Optional.of(Explanation.of(json)));
    }

    private static <T> CompletableFuture<Attempted<T>> orElseWhenMissing(
            CompletableFuture<Attempted<T>> future, T other) {
        return future.thenApply(
                attempted ->
                        attempted.isOfMissingEndpoint() ? new Attempted.Done<>(other) : attempted);
    }

    private static Attempted<Boolean> cancelled(Answer answer) throws IOException {
        Map<String, Object> json = answer.json().orElse(Map.of());
        return new Attempted.Done<>(Boolean.TRUE.equals(json.get("cancelled")));
    }
}
