package ai.altertable.flink.client;

/** What an upload does with its table. */
public enum UploadMode {
    /** The table must not exist; its types are inferred from the file. */
    CREATE(Operation.CREATE),
    /** The table must exist. */
    APPEND(Operation.APPEND),
    /** The table is dropped and created anew, with inferred types: never for one with declared. */
    OVERWRITE(Operation.OVERWRITE);

    private final Operation operation;

    UploadMode(Operation operation) {
        this.operation = operation;
    }

    Operation operation() {
        return operation;
    }

    /** The API's word. */
    String parameter() {
        return operation.word();
    }
}
