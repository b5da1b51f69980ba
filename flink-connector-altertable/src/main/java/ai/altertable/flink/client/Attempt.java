package ai.altertable.flink.client;

import ai.altertable.flink.Credentials;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;

/**
 * One request on its way, and the one question that every failure comes down to: could its body
 * have reached the server?
 *
 * <p>The future of an attempt is completed exactly once and always normally: a failure is a value.
 */
final class Attempt<T> extends EventListener implements Callback {

    /** Makes of a successful status what the attempt was for. */
    interface Reader<T> {
        Attempted<T> read(Answer answer, Call call) throws IOException;
    }

    /**
     * @param connection until there is a connection
     * @param answer until the reader has what it needs: all of the answer, or its head; and, if it
     *     goes on behind that, each silence in it
     */
    record Limits(Duration connection, Duration answer) {}

    /** Why the call ended, or was ended. The first reason stands. */
    private enum End {
        OPEN,
        ANSWERED,
        NO_CONNECTION_IN_TIME,
        NO_ANSWER_IN_TIME,
        CLOSED
    }

    private final CompletableFuture<Attempted<T>> result = new CompletableFuture<>();
    private final AtomicReference<End> end = new AtomicReference<>(End.OPEN);
    private final Reader<T> reader;
    private final Limits limits;
    private final Scheduler scheduler;
    private final Credentials credentials;
    private final ClientObserver observer;

    private volatile Call call;
    private volatile Scheduler.Waiting connecting;
    private volatile Scheduler.Waiting answering;
    private volatile boolean connectedAnew;
    private volatile boolean bodyMayHaveGoneOut;

    Attempt(
            Reader<T> reader,
            Limits limits,
            Scheduler scheduler,
            Credentials credentials,
            ClientObserver observer) {
        this.reader = reader;
        this.limits = limits;
        this.scheduler = scheduler;
        this.credentials = credentials;
        this.observer = observer;
    }

    /** Sends the request; to be called once, with a call whose listener this is. */
    CompletableFuture<Attempted<T>> start(Call newCall) {
        call = newCall;
        connecting = giveUpAfter(limits.connection(), End.NO_CONNECTION_IN_TIME);
        answering = giveUpAfter(limits.answer(), End.NO_ANSWER_IN_TIME);
        observer.onRequest();
        newCall.enqueue(this);
        return result;
    }

    private Scheduler.Waiting giveUpAfter(Duration limit, End reason) {
        return scheduler.schedule(limit, () -> giveUp(reason));
    }

    private void giveUp(End reason) {
        if (end.compareAndSet(End.OPEN, reason)) {
            call.cancel();
        }
    }

    /** Ends it from outside: nobody waits for the answer any more. */
    void close() {
        giveUp(End.CLOSED);
    }

    /** Whether the connection has carried other requests before this one. */
    boolean isOnUsedConnection() {
        return !connectedAnew;
    }

    @Override
    public void connectStart(
            Call started, java.net.InetSocketAddress address, java.net.Proxy proxy) {
        connectedAnew = true;
    }

    @Override
    public void connectionAcquired(Call acquired, Connection connection) {
        connecting.cancel();
    }

    @Override
    public void requestBodyStart(Call sending) {
        bodyMayHaveGoneOut = true;
    }

    @Override
    public void requestBodyEnd(Call sent, long byteCount) {
        observer.onBytesSent(byteCount);
    }

    @Override
    public void onResponse(Call answered, Response response) {
        Answer answer = new Answer(response, credentials, scheduler.now());
        if (!response.isSuccessful()) {
            // The status has arrived and decides, even if a limit was reached over its words.
            complete(new Attempted.Failed<>(answer.failure()));
            response.close();
            return;
        }
        Attempted<T> read;
        try {
            read = reader.read(answer, answered);
        } catch (IOException e) {
            response.close();
            onFailure(answered, e);
            return;
        } catch (RuntimeException | Error e) {
            response.close();
            onFailure(answered, new IOException("the answer cannot be read", e));
            return;
        }
        boolean inTime = end.compareAndSet(End.OPEN, End.ANSWERED);
        if (!(inTime && isStillOpen(read))) {
            response.close();
        }
        if (inTime) {
            complete(read);
        } else {
            read.discard();
            onFailure(answered, new IOException("the answer came too late"));
        }
    }

    /** A stream is read by whoever gets it; all other answers have been read by now. */
    private static boolean isStillOpen(Attempted<?> read) {
        return read instanceof Attempted.Done<?> done && done.value() instanceof Closeable;
    }

    @Override
    public void onFailure(Call failed, IOException e) {
        complete(new Attempted.Failed<>(failure(e)));
    }

    private Failure failure(IOException e) {
        // Read once: what was sent decides, also when a limit and the body's first byte race.
        Outcome outcome =
                bodyMayHaveGoneOut && !isRefusedUnread(e) ? Outcome.UNKNOWN : Outcome.UNREACHABLE;
        return switch (end.get()) {
            case CLOSED -> Failure.without(Outcome.CANCELLED, "the client was closed", e);
            case NO_CONNECTION_IN_TIME ->
                    Failure.without(
                            outcome, "no connection within " + text(limits.connection()), e);
            case NO_ANSWER_IN_TIME ->
                    Failure.without(outcome, "no answer within " + text(limits.answer()), e);
            default ->
                    Failure.without(outcome, ServerWords.clean(String.valueOf(e), credentials), e);
        };
    }

    /** HTTP/2's word for "I have not looked at this one". */
    private static boolean isRefusedUnread(IOException e) {
        return e instanceof StreamResetException reset
                && reset.errorCode == ErrorCode.REFUSED_STREAM;
    }

    private static String text(Duration limit) {
        return limit.toMillis() + " ms";
    }

    private void complete(Attempted<T> attempted) {
        connecting.cancel();
        answering.cancel();
        result.complete(attempted);
    }
}
