package ai.altertable.flink.client;

/** What a request does to the lakehouse, and so: may it be repeated when its fate is unknown? */
public enum Operation {
    /** Repeated, since a lost chunk is worse than one that is there twice; and counted. */
    APPEND("append", true, "its rows may be there twice"),

    /**
     * Repeated: the same rows by the same keys. Counted all the same: if the first request still
     * runs when the second comes, a new key may end up with two rows.
     */
    UPSERT(
            "upsert",
            true,
            "a row whose key was not there before may be there twice, if both are carried out at"
                    + " the same time"),

    /** Never repeated: the table may exist now, with these rows, and would be refused or mixed. */
    CREATE("create", false, ""),

    /** Repeated, since each attempt has a table of its own, under a name that no other one has. */
    STAGE("create", true, ""),

    /** Repeated: the table holds the same rows afterwards. */
    OVERWRITE("overwrite", true, "the table may be overwritten twice, by the same rows"),

    /** Changes nothing, so repeating it harms nobody. */
    READ("query", true, ""),

    /** A statement with effects that are the same when it runs twice, by who wrote it. */
    REPEATABLE_CHANGE("statement", true, ""),

    /** A statement with effects: only who wrote it can find out what became of it. */
    CHANGE("statement", false, "");

    private final String word;
    private final boolean repeatable;
    private final String traces;

    /**
     * @param traces what may be left behind if it is carried out twice; empty: nothing
     */
    Operation(String word, boolean repeatable, String traces) {
        this.word = word;
        this.repeatable = repeatable;
        this.traces = traces;
    }

    /** What it is called in messages, and the API's {@code mode} where it has one. */
    String word() {
        return word;
    }

    /** What may be left behind if it is carried out twice. */
    String traces() {
        return traces;
    }

    /** Whether to try again after this verdict. */
    boolean retriesAfter(Outcome outcome) {
        return outcome.retryHelps() && (repeatable || !outcome.mayBeApplied());
    }

    /** Whether trying again after this verdict may do the work twice. */
    boolean isAmbiguousAfter(Outcome outcome) {
        return !traces.isEmpty() && outcome.mayBeApplied();
    }
}
