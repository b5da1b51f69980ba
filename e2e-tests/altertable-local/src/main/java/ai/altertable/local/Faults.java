package ai.altertable.local;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The faults that wait for requests. Scripted ones strike in the order in which they were added; a
 * request that none of them takes may be struck at random.
 */
public final class Faults {

    private final List<Fault> scripted = new ArrayList<>();
    private List<Fault> candidates = List.of();
    private double probability;
    private Random random = new Random(0);
    private long maxBodyBytes = Long.MAX_VALUE;

    public synchronized void add(Fault... faults) {
        scripted.addAll(List.of(faults));
    }

    /**
     * Strikes each request with this probability, by one of these faults; repeatable by the seed.
     */
    public synchronized void random(long seed, double probability, Fault... faults) {
        if (probability < 0 || probability > 1) {
            throw new IllegalArgumentException("a probability is between 0 and 1: " + probability);
        }
        this.random = new Random(seed);
        this.probability = faults.length == 0 ? 0 : probability;
        this.candidates = List.of(faults);
    }

    /** Answers 413 to bodies above this size. */
    public synchronized void refuseBodiesAbove(long bytes) {
        maxBodyBytes = bytes;
    }

    public synchronized long maxBodyBytes() {
        return maxBodyBytes;
    }

    /** From here on everything goes well. */
    public synchronized void clear() {
        scripted.clear();
        candidates = List.of();
        probability = 0;
        maxBodyBytes = Long.MAX_VALUE;
    }

    /** The scripted faults that have not struck yet. */
    public synchronized List<Fault> pending() {
        return List.copyOf(scripted);
    }

    /** The fault that strikes this request, if any; it is used up by that. */
    public synchronized Optional<Fault> strike(
            String path, Map<String, String> parameters, String statement) {
        Iterator<Fault> faults = scripted.iterator();
        for (int i = 0; faults.hasNext(); i++) {
            Fault fault = faults.next();
            if (fault.target().matches(path, parameters, statement)) {
                if (fault.times() == 1) {
                    faults.remove();
                } else if (fault.times() != Fault.FOREVER) {
                    scripted.set(i, fault.times(fault.times() - 1));
                }
                return Optional.of(fault);
            }
        }
        return strikeAtRandom(path, parameters, statement);
    }

    private Optional<Fault> strikeAtRandom(
            String path, Map<String, String> parameters, String statement) {
        if (candidates.isEmpty() || random.nextDouble() >= probability) {
            return Optional.empty();
        }
        Fault fault = candidates.get(random.nextInt(candidates.size()));
        return Optional.of(fault)
                .filter(chosen -> chosen.target().matches(path, parameters, statement));
    }
}
