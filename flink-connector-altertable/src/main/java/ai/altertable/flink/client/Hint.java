package ai.altertable.flink.client;

import javax.net.ssl.SSLException;

/** Which option to change when a request can never work. */
final class Hint {

    private static final String CREDENTIALS =
            "the options 'username' and 'password', or 'token', and 'auth.scheme'";

    private Hint() {}

    static String of(Purpose purpose, Failure failure) {
        boolean isUpsert = purpose.operation() == Operation.UPSERT;
        return switch (failure.status()) {
            case 0 -> withoutAnswer(failure);
            case 401 -> "Check " + CREDENTIALS;
            case 402 -> "Check the plan of the account, or " + CREDENTIALS;
            case 403 ->
                    "The user has no right to do this: check the options 'catalog', 'schema',"
                            + " 'table', or "
                            + CREDENTIALS;
            case 404 -> "Check the options 'url', 'catalog', 'schema' and 'table'";
            case 405 ->
                    isUpsert
                            ? "Check the options 'url' and 'sink.upsert-endpoint'"
                            : "Check the option 'url'";
            case 407 -> "Check the JVM's properties of the proxy: it asks for a password";
            case 413 -> "Lower the option 'sink.buffer-flush.max-size'";
            case 415, 422 -> "Check the option 'sink.format'";
            default -> failure.outcome() == Outcome.MISCONFIGURED ? "Check the option 'url'" : "";
        };
    }

    private static String withoutAnswer(Failure failure) {
        if (failure.outcome() != Outcome.UNREACHABLE) {
            return "";
        }
        return failure.cause().orElse(null) instanceof SSLException
                ? "Check the options 'url' and 'ssl.ca-certificate'"
                : "Check the option 'url' and the network";
    }
}
