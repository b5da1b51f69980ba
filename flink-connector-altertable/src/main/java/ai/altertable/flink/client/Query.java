package ai.altertable.flink.client;

import java.util.Optional;
import java.util.UUID;

/**
 * A statement, or several, for {@code /query}. Every name in it is full: catalog, schema, table.
 *
 * @param about what messages call it, such as the table; the statement itself is never shown
 * @param operation whether it changes anything, and so whether it may be sent twice
 * @param session what it shares with other queries; empty: each attempt has one of its own
 */
public record Query(String about, String statement, Operation operation, Optional<UUID> session) {

    private Query(String about, String statement, Operation operation) {
        this(about, statement, operation, Optional.empty());
    }

    /** A statement without effects: tried again whenever that may help. */
    public static Query reading(String about, String statement) {
        return new Query(about, statement, Operation.READ);
    }

    /** A statement with effects: tried again only when it was certainly not carried out. */
    public static Query changing(String about, String statement) {
        return new Query(about, statement, Operation.CHANGE);
    }

    /**
     * A statement with effects that are the same when it runs twice, such as a delete by key: tried
     * again whenever that may help.
     */
    public static Query repeatable(String about, String statement) {
        return new Query(about, statement, Operation.REPEATABLE_CHANGE);
    }

    /** The same in this session. */
    public Query in(UUID shared) {
        return new Query(about, statement, operation, Optional.of(shared));
    }

    Purpose purpose() {
        return new Purpose(operation, about);
    }

    @Override
    public String toString() {
        return purpose().toString();
    }
}
