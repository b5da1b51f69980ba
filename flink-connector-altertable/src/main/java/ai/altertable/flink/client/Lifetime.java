package ai.altertable.flink.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What has to end when its client is closed: attempts, waits, streams. */
final class Lifetime {

    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    boolean isOver() {
        return over;
    }

    /** Runs this at the end, or now if the end has come. Each instance runs at most once. */
    void atEnd(Runnable ending) {
        endings.add(ending);
        if (over) {
            run(ending);
        }
    }

    /** It has ended by itself. */
    void forget(Runnable ending) {
        endings.remove(ending);
    }

    void end() {
        over = true;
        endings.forEach(this::run);
    }

    private void run(Runnable ending) {
        if (endings.remove(ending)) {
            ending.run();
        }
    }
}
