package ai.altertable.flink.client;

/**
 * What a request is for, in the words of messages: {@code append to lake.main.orders}.
 *
 * @param subject the table, or what a query is about; never a statement, which may hold values
 */
record Purpose(Operation operation, String subject) {

    @Override
    public String toString() {
        return operation.word() + " (" + subject + ")";
    }
}
