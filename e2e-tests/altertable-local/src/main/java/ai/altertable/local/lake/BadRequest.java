package ai.altertable.local.lake;

/** The client asked for something that cannot be done; the message is for the client. */
public final class BadRequest extends Exception {

    private static final long serialVersionUID = 1L;

    public BadRequest(String message) {
        super(message);
    }
}
