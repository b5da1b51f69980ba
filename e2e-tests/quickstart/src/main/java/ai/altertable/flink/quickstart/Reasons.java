package ai.altertable.flink.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What went wrong, in the words of everyone who had something to say about it, without a trace. */
final class Reasons {

    /** What Flink says of every job that failed, before it comes to the reason. */
    private static final Pattern NOTHING =
            Pattern.compile(
                    "Job failed \\(JobID.*|Job execution failed\\.|Recovery is suppressed.*");

    private Reasons() {}

    static String of(Throwable failure) {
        List<String> words = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = Objects.requireNonNullElse(cause.getMessage(), "").strip();
            boolean isSaid = words.stream().anyMatch(word -> word.contains(message));
            if (!message.isEmpty() && !isSaid && !isEmpty(message, cause.getCause())) {
                words.add(message);
            }
        }
        return words.isEmpty() ? failure.toString() : String.join("\n  because: ", words);
    }

    /** Whether it only quotes its cause, or says no more than that there is one. */
    private static boolean isEmpty(String message, Throwable cause) {
        return cause != null
                && (message.equals(cause.toString())
                        || message.contains("\tat ")
                        || NOTHING.matcher(message).matches());
    }
}
