package ai.altertable.flink.client;

/**
 * A statement, or several, for {@code /query}. Every name in it is full: catalog, schema, table.
 *
 * @param about what messages call it, such as the table; the statement itself is never shown
 * @param operation whether it changes anything, and so whether it may be sent twice
 */
public record Query(String about, String statement, Operation operation) {

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

    Purpose purpose() {
        return new Purpose(operation, about);
    }

    @Override
    public String toString() {
        return purpose().toString();
    }
}
