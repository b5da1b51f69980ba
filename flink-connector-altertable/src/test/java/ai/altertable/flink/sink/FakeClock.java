package ai.altertable.flink.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Time that goes on when a test says so. */
final class FakeClock implements ProcessingTimeService {

    private record Timer(long at, ProcessingTimeCallback callback) {}

    private final List<Timer> timers = new ArrayList<>();
    private long now = 1_000_000;

    @Override
    public long getCurrentProcessingTime() {
        return now;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        timers.add(new Timer(timestamp, target));
        return new Registered();
    }

    int waiting() {
        return timers.size();
    }

    void advance(Duration time) throws Exception {
        now += time.toMillis();
        for (Timer timer : List.copyOf(timers)) {
            if (timer.at <= now) {
                timers.remove(timer);
                timer.callback.onProcessingTime(timer.at);
            }
        }
    }

    private static final class Registered extends CompletableFuture<Void>
            implements ScheduledFuture<Void> {
        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
