package ai.altertable.local.http;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What has come in since the start, for those who watch. */
final class Traffic {

    private final LongAdder requests = new LongAdder();
    private final LongAdder rowsLoaded = new LongAdder();
    private final LongAdder bytesLoaded = new LongAdder();

    void request() {
        requests.increment();
    }

    void loaded(long rows, long bytes) {
        rowsLoaded.add(rows);
        bytesLoaded.add(bytes);
    }

    Map<String, Object> toJson() {
        return Map.of(
                "requests", requests.sum(),
                "rows", rowsLoaded.sum(),
                "bytes", bytesLoaded.sum());
    }
}
