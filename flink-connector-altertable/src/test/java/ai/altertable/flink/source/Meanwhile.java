package ai.altertable.flink.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;

/**
 * Behind a source: has something done when the first row comes, as another client would, and may
 * fail then. It keeps the rows that it sees, and passes their first column on.
 */
final class Meanwhile implements MapFunction<Row, Long> {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Deed> DEEDS = new ConcurrentHashMap<>();
    private static final Map<String, ConcurrentLinkedQueue<Row>> SEEN = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "deed " + NUMBER.incrementAndGet();
    private final boolean fails;

    /** What the other client does. */
    interface Deed {
        void run() throws Exception;
    }

    Meanwhile(boolean fails, Deed deed) {
        this.fails = fails;
        DEEDS.put(name, deed);
        SEEN.put(name, new ConcurrentLinkedQueue<>());
    }

    @Override
    public Long map(Row row) throws Exception {
        SEEN.get(name).add(row);
        Deed deed = DEEDS.remove(name);
        if (deed != null) {
            deed.run();
            if (fails) {
                throw new IOException("a failure after what the other client did");
            }
        }
        return row.getFieldAs(0);
    }

    List<Row> seen() {
        return new ArrayList<>(SEEN.get(name));
    }
}
