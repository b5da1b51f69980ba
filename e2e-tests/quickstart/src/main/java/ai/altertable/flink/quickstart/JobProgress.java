package ai.altertable.flink.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;

/**
 * Tells, once a second, how many rows a job has taken in, of how many if that is known, and how
 * fast; until it has ended.
 */
final class JobProgress {

    /** Speed is that of the last few: Flink's numbers are a moment old, now more and now less. */
    private static final int SPEED_LOOKS = 5;

    private record Look(long at, long rows) {

        double speedSince(Look before) {
            // A task that was restarted counts anew.
            return Math.max(0, rows - before.rows) * 1e9 / (at - before.at);
        }
    }

    private final JobRows rows;
    private final PrintStream out;
    private final boolean terminal;

    JobProgress(JobRows rows, PrintStream out, boolean terminal) {
        this.rows = rows;
        this.out = out;
        this.terminal = terminal;
    }

    void follow(JobClient job) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        OptionalLong total = total(job);
        try (ProgressLine line = new ProgressLine(out, terminal)) {
            Deque<Look> looks = new ArrayDeque<>(List.of(new Look(begin, 0)));
            while (!hasEnded(job)) {
                try {
                    Look look = new Look(System.nanoTime(), rows.of(job.getJobID()));
                    line.show(
                            String.format(
                                    Locale.ROOT,
                                    "  %s, %,.0f rows/s, %.0f s",
                                    of(look.rows(), total),
                                    look.speedSince(looks.getFirst()),
                                    seconds(begin)));
                    looks.add(look);
                    if (looks.size() > SPEED_LOOKS) {
                        looks.remove();
                    }
                } catch (IOException e) {
                    // Flink has no time for this question; the next one is a second away.
                }
            }
            // All of them: the job has ended well, which it does when its sources have no more.
            String all = total.isPresent() ? of(total.getAsLong(), total) + ", " : "";
            line.show(String.format(Locale.ROOT, "  %sdone after %.1f s", all, seconds(begin)));
        }
        out.println();
    }

    private OptionalLong total(JobClient job) throws InterruptedException {
        try {
            return rows.total(job.getJobID());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static boolean hasEnded(JobClient job) throws InterruptedException, ExecutionException {
        try {
            job.getJobExecutionResult().get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static String of(long taken, OptionalLong total) {
        return total.isPresent()
                ? String.format(Locale.ROOT, "%,d of %,d rows", taken, total.getAsLong())
                : String.format(Locale.ROOT, "%,d rows", taken);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
