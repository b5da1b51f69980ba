package ai.altertable.flink.sink;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Lets rows pass, counts completed checkpoints, and kills its task at random. */
final class Chaos<T> extends RichMapFunction<T, T> implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static final AtomicInteger CHECKPOINTS = new AtomicInteger();
    private static final AtomicInteger KILLS = new AtomicInteger();

    private final double killsPerRow;
    private final long seed;
    private transient Random random;

    Chaos(long seed, double killsPerRow) {
        this.seed = seed;
        this.killsPerRow = killsPerRow;
    }

    static void reset() {
        CHECKPOINTS.set(0);
        KILLS.set(0);
    }

    static int checkpoints() {
        return CHECKPOINTS.get();
    }

    static int kills() {
        return KILLS.get();
    }

    @Override
    public T map(T row) {
        if (random == null) {
            // Another one in each life, or the same row would kill for ever.
            random = new Random(seed * 31 + KILLS.get() * 7L + CHECKPOINTS.get());
        }
        if (random.nextDouble() < killsPerRow) {
            KILLS.incrementAndGet();
            throw new IllegalStateException("killed on purpose");
        }
        return row;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            CHECKPOINTS.incrementAndGet();
        }
    }
}
