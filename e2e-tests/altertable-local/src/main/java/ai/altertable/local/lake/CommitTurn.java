package ai.altertable.local.lake;

import ai.altertable.local.Storage;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * On DuckLake, commits take turns; DuckDB's own tables need no such thing.
 *
 * <p>A commit that another overtook is tried again, which is slow, and given up in the end. Worse,
 * one that makes a table keeps the number that it gave it at its first try: at the next, that
 * number may be another's table. What really conflicts, does so in turn, too.
 *
 * <p>Only what may commit takes a turn, and nothing keeps it from one statement to the next.
 */
public final class CommitTurn {

    private static final long LOOK_MILLIS = 100;

    private final Storage storage;
    private final Lock turn = new ReentrantLock(true);

    CommitTurn(Storage storage) {
        this.storage = storage;
    }

    /** What may commit. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }

    /** Fails when what waits is not wanted any more. */
    @FunctionalInterface
    public interface StillWanted {
        void check() throws SQLException;
    }

    public <T> T take(Work<T> work) throws SQLException {
        return take(work, () -> {});
    }

    public <T> T take(Work<T> work, StillWanted stillWanted) throws SQLException {
        if (storage != Storage.DUCKLAKE) {
            return work.run();
        }
        await(stillWanted);
        try {
            return work.run();
        } finally {
            turn.unlock();
        }
    }

    private void await(StillWanted stillWanted) throws SQLException {
        try {
            while (!turn.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                stillWanted.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("INTERRUPT Error: the server is stopping", e);
        }
    }
}
