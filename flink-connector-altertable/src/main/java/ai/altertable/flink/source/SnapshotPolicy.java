package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import java.io.Serializable;
import java.util.Locale;

/**
 * Which moment of a table is read.
 *
 * @param version the snapshot, for {@link Kind#VERSION}
 */
public record SnapshotPolicy(Kind kind, long version) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How the moment is chosen. */
    public enum Kind {
        /** The newest snapshot when splits are planned, if the server has snapshots. */
        AUTO,
        /** None: each split reads what is there when it is read. */
        OFF,
        /** A snapshot that is given. */
        VERSION
    }

    static SnapshotPolicy parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        try {
            return switch (word) {
                case "auto" -> new SnapshotPolicy(Kind.AUTO, 0);
                case "off" -> new SnapshotPolicy(Kind.OFF, 0);
                default -> new SnapshotPolicy(Kind.VERSION, Long.parseUnsignedLong(word));
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Option '"
                            + AltertableOptions.SCAN_SNAPSHOT.key()
                            + "' is 'auto', 'off' or the number of a snapshot, not '"
                            + text
                            + "'");
        }
    }
}
