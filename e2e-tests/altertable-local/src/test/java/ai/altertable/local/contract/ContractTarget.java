package ai.altertable.local.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * The server under test, and all the suite knows about it.
 *
 * @param uri the base of every path, without a trailing slash
 * @param catalog an existing catalog with a schema {@code main}, in which the suite makes uniquely
 *     named tables and schemas that it does not clean up
 */
public record ContractTarget(
        URI uri, String username, String password, String catalog, Set<Generation> generations) {

    public ContractTarget {
        generations = Set.copyOf(generations);
        if (generations.isEmpty()) {
            throw new IllegalArgumentException("a server speaks at least one generation");
        }
    }

    boolean speaks(Generation generation) {
        return generations.contains(generation);
    }

    /** The header of the newest generation that the server speaks. */
    String authorization() {
        return (speaks(Generation.TODAY) ? "Basic " : "Bearer ") + token(username, password);
    }

    static String token(String username, String password) {
        return Base64.getEncoder()
                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Without the password: parameterised tests and failures print it. */
    @Override
    public String toString() {
        return "ContractTarget[" + uri + ", " + catalog + ", " + generations + "]";
    }
}
