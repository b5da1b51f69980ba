package ai.altertable.flink.format;

/** A row that the file format cannot hold. The message never shows the row's content. */
public final class RowNotEncodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RowNotEncodableException(String message) {
        super(message);
    }
}
