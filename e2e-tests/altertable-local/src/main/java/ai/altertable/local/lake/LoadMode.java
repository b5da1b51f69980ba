package ai.altertable.local.lake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an upload does to its table. */
public enum LoadMode {
    CREATE,
    APPEND,
    OVERWRITE,
    UPSERT;

    public static LoadMode ofParameter(String name) throws BadRequest {
        return Arrays.stream(values())
                .filter(mode -> mode.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadRequest("Unknown mode '" + name + "'"));
    }

    /** Whether the table, and the types of its columns, come from the file. */
    boolean makesTable() {
        return this == CREATE || this == OVERWRITE;
    }

    /** The columns of a comma-separated list, trimmed. */
    public static List<String> columns(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    }
}
