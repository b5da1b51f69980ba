package ai.altertable.flink;

import java.util.List;

/** The threads of this process. */
public final class Threads {

    private Threads() {}

    /** Those that the connector has started and that still live. */
    public static List<String> ofConnector() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(
                        name ->
                                name.startsWith("altertable-")
                                        && !name.startsWith("altertable-local"))
                .toList();
    }
}
