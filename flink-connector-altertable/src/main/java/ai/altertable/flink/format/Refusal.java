package ai.altertable.flink.format;

/** Why a value cannot be what its type asks for. Never says what the value is. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
        // Each one is turned into the exception that is thrown to the caller, with its own trace.
        super(reason, null, false, false);
    }
}
