package ai.altertable.local.render;

/** A value has no rendering; the message is for the client. */
public final class RenderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RenderException(String message) {
        super(message);
    }
}
