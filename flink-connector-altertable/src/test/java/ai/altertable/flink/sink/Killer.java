package ai.altertable.flink.sink;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Kills its task again and again, each time in the middle of what came behind a checkpoint. When
 * the task is back it waits until nothing of its former life runs at the server any more, which is
 * what an upsert at least once needs to be right.
 */
final class Killer<T> extends RichMapFunction<T, T> implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static final AtomicInteger KILLS_LEFT = new AtomicInteger();
    private static final AtomicReference<Await.Condition> QUIET = new AtomicReference<>();

    private final int rowsBehindCheckpoint;
    private transient boolean armed;
    private transient int rows;

    Killer(int rowsBehindCheckpoint) {
        this.rowsBehindCheckpoint = rowsBehindCheckpoint;
    }

    static void arm(int kills, Await.Condition quiet) {
        KILLS_LEFT.set(kills);
        QUIET.set(quiet);
    }

    static int killsLeft() {
        return KILLS_LEFT.get();
    }

    @Override
    public void open(OpenContext context) throws Exception {
        Await.until("the server is quiet", QUIET.get());
    }

    @Override
    public T map(T row) {
        rows++;
        if (armed && rows > rowsBehindCheckpoint && isNext()) {
            KILLS_LEFT.decrementAndGet();
            throw new IllegalStateException("killed on purpose");
        }
        return row;
    }

    /** One subtask at a time. */
    private boolean isNext() {
        int left = KILLS_LEFT.get();
        TaskInfo task = getRuntimeContext().getTaskInfo();
        return left > 0
                && left % task.getNumberOfParallelSubtasks() == task.getIndexOfThisSubtask();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        armed = true;
        rows = 0;
    }
}
