package ai.altertable.flink.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One of those that a comparison compares: a constant of an enum. */
interface Contender {

    /** The constant's. */
    String name();

    /** What tables and charts call it. */
    String title();

    /** What arguments and files call it. */
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is the connector, and not a peer or a limit. */
    boolean isOurs();

    /** Those that the arguments name from one on; all if they name none. */
    static <C extends Enum<C> & Contender> List<C> of(Class<C> type, String[] arguments, int from) {
        return arguments.length <= from
                ? List.of(type.getEnumConstants())
                : Arrays.stream(arguments)
                        .skip(from)
                        .map(label -> label.toUpperCase(Locale.ROOT).replace('-', '_'))
                        .map(name -> Enum.valueOf(type, name))
                        .toList();
    }
}
