package ai.altertable.flink.client;

import java.util.Optional;

/**
 * What the server says about a statement that it did not run.
 *
 * @param error why it is not valid
 */
public record Validation(boolean valid, Optional<String> error) {}
