package ai.altertable.flink.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {

    /** Longer waits are cut by the deadline anyway; this keeps the sums in range. */
    private static final long MAX_SECONDS = Duration.ofDays(1).toSeconds();

    private RetryAfter() {}

    /**
     * @param header its value, or null
     * @param date the value of {@code Date} in the same answer, or null: a date is read by the
     *     server's own clock where it tells it
     */
    static Optional<Duration> parse(String header, String date, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.strip();
        if (value.matches("\\d{1,18}")) {
            return Optional.of(bounded(Long.parseLong(value)));
        }
        Instant reference = date(date).orElse(now);
        return date(value).map(until -> bounded(Duration.between(reference, until).toSeconds()));
    }

    private static Optional<Instant> date(String value) {
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(
                            Instant.from(
                                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip())));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.max(0, Math.min(seconds, MAX_SECONDS)));
    }
}
