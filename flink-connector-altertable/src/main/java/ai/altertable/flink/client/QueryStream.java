package ai.altertable.flink.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.ResponseBody;

/**
 * The answer to a query as it comes in: lines of bytes, not yet looked at.
 *
 * <h2>End</h2>
 *
 * <p>{@link #read} returns -1 only at the clean end of the HTTP body. A body that is cut, or silent
 * for longer than {@code request.timeout}, is an {@link AltertableException}. Lines have to be
 * complete and rows whole, but that is for the decoder to see, as is an error line.
 *
 * <h2>Back-pressure</h2>
 *
 * <p>Nothing is read ahead: as long as nobody reads, TCP tells the server to wait. HTTP/2 has one
 * window for each stream instead, so that a stream that nobody reads can hold up to 16 MiB here.
 *
 * <h2>Closing</h2>
 *
 * <p>A stream that is closed before its end, from any thread, breaks off its request and asks the
 * server to cancel the query. It does not wait for that. A stream that fails does the same.
 */
public final class QueryStream extends InputStream {

    private enum State {
        OPEN,
        ENDED,
        FAILED,
        CLOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final Purpose purpose;
    private final Call call;
    private final Answer answer;
    private final ResponseBody body;
    private final InputStream bytes;
    private final UUID queryId;
    private final SilenceWatch watch;
    private final Abandonment abandonment;
    private volatile Failure failure;

    /** What happens when a stream is over, and whether its query has to be cancelled. */
    interface Abandonment {
        void over(QueryStream stream, boolean cancel);
    }

    QueryStream(
            Purpose purpose,
            Call call,
            Answer answer,
            UUID queryId,
            SilenceWatch watch,
            Abandonment abandonment) {
        this.purpose = purpose;
        this.call = call;
        this.answer = answer;
        this.body = answer.response().body();
        this.bytes = body.byteStream();
        this.queryId = queryId;
        this.watch = watch;
        this.abandonment = abandonment;
    }

    /** Its name in the server's logs. */
    public UUID queryId() {
        return queryId;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        switch (state.get()) {
            case ENDED:
                return -1;
            case CLOSED, FAILED:
                throw new IOException("the result of " + purpose + " is closed");
            default:
                break;
        }
        int count;
        synchronized (bytes) {
            watch.waits();
            try {
                count = bytes.read(target, offset, length);
            } catch (IOException e) {
                throw failed(e);
            } finally {
                watch.waitsNoMore();
            }
        }
        if (count < 0) {
            end(State.ENDED);
        }
        return count;
    }

    private IOException failed(IOException e) {
        if (!end(State.FAILED)) {
            return new IOException("the result of " + purpose + " is closed", e);
        }
        String how =
                watch.foundSilence()
                        ? "the result was silent for longer than the option 'request.timeout'"
                        : "the result was cut off: " + e.getMessage();
        failure = answer.failure(Outcome.UNKNOWN, answer.cleaned(how)).causedBy(e);
        return new AltertableException(purpose, failure);
    }

    /** Why the stream itself failed, if it did. */
    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** What is wrong with a stream that came to its end, or to the point where it is wrong. */
    Failure failure(Outcome outcome, ResultException e) {
        String words = answer.cleaned(e.getMessage());
        Failure told = answer.failure(outcome, words);
        // An exception shows its message: not if there is something to hide in it.
        return words.equals(e.getMessage()) ? told.causedBy(e) : told;
    }

    /** Who reads the stream failed; of the reason only the kind is told, for it may hold rows. */
    Failure readerFailure(Exception e) {
        return answer.failure(
                        Outcome.CANCELLED,
                        "who reads the result failed (" + e.getClass().getName() + ")")
                .causedBy(e instanceof IOException io ? io : new IOException(e));
    }

    /** Whether this call ended it. */
    private boolean end(State how) {
        if (!state.compareAndSet(State.OPEN, how)) {
            return false;
        }
        if (how != State.ENDED) {
            // First, so that closing does not wait for the rest, nor for a reader that blocks.
            call.cancel();
        }
        synchronized (bytes) {
            body.close();
        }
        watch.end();
        abandonment.over(this, how != State.ENDED);
        return true;
    }

    @Override
    public void close() {
        end(State.CLOSED);
    }

    @Override
    public String toString() {
        return purpose + " as query " + queryId;
    }
}
