package ai.altertable.flink.source;

import ai.altertable.flink.client.AltertableClient;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Planning on a thread of its own, with a client of its own; the coordinator's thread can end it at
 * any time.
 */
final class ScanPlanning implements SplitEnumeration.Planning {

    /** What is done with the client. */
    interface Plan {
        List<QuerySplit> with(AltertableClient client) throws IOException;
    }

    private final Supplier<AltertableClient> clients;
    private final Plan plan;
    private AltertableClient client;
    private boolean closed;

    ScanPlanning(Supplier<AltertableClient> clients, Plan plan) {
        this.clients = clients;
        this.plan = plan;
    }

    @Override
    public List<QuerySplit> call() throws IOException {
        return plan.with(open());
    }

    private synchronized AltertableClient open() throws IOException {
        if (closed) {
            throw new IOException("the job ended before its splits were planned");
        }
        client = clients.get();
        return client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
