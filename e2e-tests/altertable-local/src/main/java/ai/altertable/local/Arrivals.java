package ai.altertable.local;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The last requests that arrived; one appears here when its answer is known, before the client has
 * it.
 */
public final class Arrivals {

    private static final int KEPT = 100_000;

    private final Deque<Arrival> last = new ArrayDeque<>();
    private int unanswered;

    /** All of them, in the order in which they came in. */
    public synchronized List<Arrival> all() {
        return last.stream().sorted(Comparator.comparingLong(Arrival::number)).toList();
    }

    public List<Arrival> matching(Predicate<Arrival> filter) {
        return all().stream().filter(filter).toList();
    }

    public synchronized void clear() {
        last.clear();
    }

    /** How many requests are being carried out, whether or not anybody waits for their answers. */
    public synchronized int unanswered() {
        return unanswered;
    }

    /** For the server: a request came in; {@link #add} follows. */
    public synchronized void begin() {
        unanswered++;
    }

    /** For the server: a request has been handled. */
    public synchronized void add(Arrival arrival) {
        unanswered--;
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(arrival);
    }
}
