package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The names of staged tables: {@code __flink_staged_<target>_<job>_<time>_<uuid>}. By them, tables
 * that nobody will ever commit are known for what they are: for which table, of which job, from
 * when.
 */
final class StagedNames {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private static final int JOB_LETTERS = 8;

    private StagedNames() {}

    /** A name that was never given and never will be again. */
    static String next(TableId target, String job, Instant now) {
        return prefix(target)
                + job.substring(0, Math.min(JOB_LETTERS, job.length()))
                + "_"
                + TIME.format(now.atOffset(ZoneOffset.UTC))
                + "_"
                + UUID.randomUUID().toString().replace("-", "");
    }

    /** How all names of tables for this target begin. */
    static String prefix(TableId target) {
        return "__flink_staged_%08x_"
                .formatted(target.toString().toLowerCase(Locale.ROOT).hashCode());
    }

    /** When a name was given; nothing where it is none of these. */
    static Optional<Instant> time(String name) {
        String[] parts = name.split("_");
        try {
            return Optional.of(
                    LocalDateTime.parse(parts[parts.length - 2], TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException notOurs) {
            return Optional.empty();
        }
    }
}
