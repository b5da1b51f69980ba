package ai.altertable.local.lake;

import java.util.Locale;

/** What a client is told of an error of DuckDB. */
public final class DuckDbError {

    /** The driver puts this in front of the real reason. */
    private static final String DRIVER_PREFIX =
            "Invalid Input Error: Attempting to execute an unsuccessful or closed pending query"
                    + " result\n"
                    + "Error: ";

    private DuckDbError() {}

    /** DuckDB's own words, without what the driver says about itself. */
    public static String message(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return message.startsWith(DRIVER_PREFIX)
                ? message.substring(DRIVER_PREFIX.length())
                : message;
    }

    /** Whether the statement was stopped from outside rather than wrong. */
    public static boolean isInterrupt(Throwable error) {
        return message(error).toLowerCase(Locale.ROOT).startsWith("interrupt error");
    }
}
