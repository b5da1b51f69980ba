package ai.altertable.flink.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What an observer was told. */
final class Counts implements ClientObserver {

    final AtomicInteger requests = new AtomicInteger();
    final AtomicLong bytes = new AtomicLong();
    final List<Outcome> retries = new CopyOnWriteArrayList<>();
    final AtomicInteger ambiguousRetries = new AtomicInteger();

    @Override
    public void onRequest() {
        requests.incrementAndGet();
    }

    @Override
    public void onBytesSent(long count) {
        bytes.addAndGet(count);
    }

    @Override
    public void onRetry(Outcome reason) {
        retries.add(reason);
    }

    @Override
    public void onAmbiguousRetry() {
        ambiguousRetries.incrementAndGet();
    }
}
