package ai.altertable.flink.quickstart;

import java.util.LinkedHashSet;
import java.util.Set;

/** What went wrong, in the words of everyone who had something to say about it, without a trace. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable failure) {
        Set<String> words = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !isRepeated(message, cause)) {
                words.add(message.strip());
            }
        }
        return words.isEmpty() ? failure.toString() : String.join("\n  because: ", words);
    }

    /** Whether it only quotes its cause. */
    private static boolean isRepeated(String message, Throwable cause) {
        Throwable next = cause.getCause();
        return next != null && (message.equals(next.toString()) || message.contains("\tat "));
    }
}
