package ai.altertable.flink.sink;

import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * Tells when the first row of a chunk is so old that the chunk has to go. At most one timer of
 * Flink's waits at a time; it runs between the rows, in the task's thread.
 */
final class FlushTimer {

    private final ProcessingTimeService time;
    private final long interval;
    private final Expired expired;

    private boolean waiting;
    private boolean running;
    private long deadline;

    /** What happens then. */
    interface Expired {
        void run() throws Exception;
    }

    FlushTimer(ProcessingTimeService time, Duration interval, Expired expired) {
        this.time = time;
        this.interval = interval.toMillis();
        this.expired = expired;
    }

    /** The first row of a chunk has come. */
    void start() {
        deadline = time.getCurrentProcessingTime() + interval;
        running = true;
        if (!waiting) {
            await();
        }
    }

    /** The chunk is on its way. */
    void stop() {
        running = false;
    }

    private void await() {
        waiting = true;
        time.registerTimer(deadline, now -> fire());
    }

    private void fire() throws Exception {
        waiting = false;
        if (!running) {
            return;
        }
        if (time.getCurrentProcessingTime() < deadline) {
            await();
            return;
        }
        running = false;
        expired.run();
    }
}
