package ai.altertable.flink.format;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds columns and fields by name as DuckDB does: without regard to case. */
final class NameMatch {

    private NameMatch() {}

    /** The place of the name among the fields, or -1. */
    static int find(String name, List<DuckType.Field> fields) {
        return IntStream.range(0, fields.size())
                .filter(i -> fold(fields.get(i).name()).equals(fold(name)))
                .findFirst()
                .orElse(-1);
    }

    /** The name as it is spelled; one that is spelled like it is preferred. */
    static Optional<String> spelled(String name, List<String> names) {
        return names.contains(name)
                ? Optional.of(name)
                : names.stream().filter(other -> fold(other).equals(fold(name))).findFirst();
    }

    /** Names that differ in case only are two to Flink and one to DuckDB. */
    static void refuseDuplicates(List<String> names, String path, List<String> problems) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(fold(name), name);
            if (other != null) {
                problems.add(
                        path(path, name)
                                + ": is the same name as "
                                + other
                                + " to DuckDB; rename one of them");
            }
            if (name.isEmpty() || name.indexOf('\0') >= 0) {
                problems.add(path(path, name) + ": DuckDB has no such name; rename it");
            }
        }
    }

    static String path(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
