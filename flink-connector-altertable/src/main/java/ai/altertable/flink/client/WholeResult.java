package ai.altertable.flink.client;

import java.io.IOException;

/** A result that is read as a whole, attempt after attempt, until one of them brings it all. */
final class WholeResult<T> {

    /** What a server says so often in a row it will say again. */
    private static final int ENOUGH = 3;

    private final ResultReader<T> reader;
    private final Lifetime lifetime;

    /** Attempts follow each other, so these are written by one thread at a time. */
    private String said = "";

    private int saidInARow;

    WholeResult(ResultReader<T> reader, Lifetime lifetime) {
        this.reader = reader;
        this.lifetime = lifetime;
    }

    /** Goes on from the head of an answer to its end. */
    Attempted<T> read(Attempted<QueryStream> answered) {
        if (answered instanceof Attempted.Failed<QueryStream> failed) {
            return failed(failed.failure());
        }
        try (QueryStream stream = ((Attempted.Done<QueryStream>) answered).value()) {
            return read(stream);
        }
    }

    private Attempted<T> read(QueryStream stream) {
        try {
            return new Attempted.Done<>(reader.read(stream));
        } catch (ResultException e) {
            return new Attempted.Failed<>(stream.failure(verdict(e), e));
        } catch (IOException | RuntimeException e) {
            return failed(
                    stream.failure()
                            .orElseGet(
                                    () ->
                                            lifetime.isOver()
                                                    ? Failure.closed()
                                                    : stream.readerFailure(e)));
        }
    }

    private Attempted<T> failed(Failure failure) {
        saidInARow = 0;
        return new Attempted.Failed<>(failure);
    }

    private Outcome verdict(ResultException e) {
        saidInARow = e.words().equals(said) ? saidInARow + 1 : 1;
        said = e.words();
        return saidInARow < ENOUGH ? e.outcome() : e.lastingOutcome();
    }
}
