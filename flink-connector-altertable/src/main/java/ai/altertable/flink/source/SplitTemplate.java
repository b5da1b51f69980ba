package ai.altertable.flink.source;

import java.io.Serializable;

/**
 * What the statements of all splits of a scan have in common: only a condition between its two
 * halves differs.
 *
 * @param snapshot the version that the statement names, or {@link #NO_SNAPSHOT}
 */
public record SplitTemplate(String before, String after, long snapshot) implements Serializable {

    private static final long serialVersionUID = 1L;

    static final long NO_SNAPSHOT = -1;

    boolean isPinned() {
        return snapshot != NO_SNAPSHOT;
    }

    String statement(String condition) {
        return before + condition + after;
    }
}
