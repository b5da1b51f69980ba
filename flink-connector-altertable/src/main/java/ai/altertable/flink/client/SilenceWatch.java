package ai.altertable.flink.client;

import java.time.Duration;

/**
 * Notices that somebody has waited too long for bytes. It looks only as often as it must, so a read
 * costs it no more than two writes; OkHttp's own limit takes locks and wakes a thread at each read,
 * which is a tenth of what reading a table takes.
 */
final class SilenceWatch {

    /** No time has this value, see {@link #waits}. */
    private static final long NOBODY_WAITS = 0;

    private final Scheduler scheduler;
    private final Duration limit;
    private final Runnable onSilence;

    private volatile long waitingSince = NOBODY_WAITS;
    private volatile boolean silent;

    private Scheduler.Waiting nextLook;
    private boolean over;

    /**
     * @param onSilence ends the waiting; it must not block
     */
    SilenceWatch(Scheduler scheduler, Duration limit, Runnable onSilence) {
        this.scheduler = scheduler;
        this.limit = limit;
        this.onSilence = onSilence;
        lookAfter(limit.toNanos());
    }

    private synchronized void lookAfter(long nanos) {
        if (!over) {
            nextLook = scheduler.schedule(Duration.ofNanos(nanos), this::look);
        }
    }

    private void look() {
        long since = waitingSince;
        long left = limit.toNanos();
        if (since != NOBODY_WAITS) {
            left -= scheduler.nanoTime() - since;
        }
        if (left > 0) {
            lookAfter(left);
        } else {
            silent = true;
            onSilence.run();
        }
    }

    /** From now on somebody waits. */
    void waits() {
        waitingSince = scheduler.nanoTime() | 1;
    }

    /** Something came, or failed. */
    void waitsNoMore() {
        waitingSince = NOBODY_WAITS;
    }

    /** Whether that was why the waiting ended. */
    boolean foundSilence() {
        return silent;
    }

    /** There is nothing more to wait for. */
    synchronized void end() {
        over = true;
        nextLook.cancel();
    }
}
