package ai.altertable.local;

import java.util.Locale;

/** Which generation of the HTTP API the lakehouse speaks. */
public enum Api {
    /**
     * Bearer tokens, {@code format=}, upserts by {@code /upload?mode=upsert}, failed queries are
     * 400.
     */
    FIRST("1"),
    /**
     * Basic tokens, formats sniffed, upserts by {@code /upsert}, failed queries are a line of a
     * 200.
     */
    TODAY("2"),
    /** Accepts what clients of either generation send, and answers as the API of today does. */
    BOTH("both");

    private final String flag;

    Api(String flag) {
        this.flag = flag;
    }

    /** The generation that {@code --api} names. */
    public static Api ofFlag(String flag) {
        for (Api api : values()) {
            if (api.flag.equals(flag.toLowerCase(Locale.ROOT))) {
                return api;
            }
        }
        throw new IllegalArgumentException("--api takes 1, 2 or both, not '" + flag + "'");
    }

    public String flag() {
        return flag;
    }

    public boolean acceptsBasic() {
        return this != FIRST;
    }

    public boolean acceptsBearer() {
        return this != TODAY;
    }

    /** Whether the {@code format} parameter of an upload counts. */
    public boolean readsFormatParameter() {
        return this != TODAY;
    }

    /** Whether {@code Content-Type} and the first bytes of an upload count. */
    public boolean detectsFormat() {
        return this != FIRST;
    }

    public boolean uploadCanUpsert() {
        return this != TODAY;
    }

    /** Whether there are {@code /upsert}, {@code /explain} and {@code /autocomplete}. */
    public boolean hasTodaysEndpoints() {
        return this != FIRST;
    }

    /** Whether a query that fails before its first row answers 400 rather than a line in a 200. */
    public boolean failsQueriesByStatus() {
        return this == FIRST;
    }
}
