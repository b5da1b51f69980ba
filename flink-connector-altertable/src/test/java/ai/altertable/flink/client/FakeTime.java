package ai.altertable.flink.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when a test says so. */
final class FakeTime implements Scheduler {

    private record Task(long at, Runnable run) {}

    private final List<Task> tasks = new ArrayList<>();
    private long nanos;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public Waiting schedule(Duration delay, Runnable run) {
        Task task = new Task(nanos + delay.toNanos(), run);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    Duration passed() {
        return Duration.ofNanos(nanos);
    }

    int waiting() {
        return tasks.size();
    }

    /** Goes to the next task and runs it. */
    void runNext() {
        Task next = tasks.stream().min(Comparator.comparingLong(Task::at)).orElseThrow();
        tasks.remove(next);
        nanos = Math.max(nanos, next.at());
        next.run().run();
    }

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }
}
