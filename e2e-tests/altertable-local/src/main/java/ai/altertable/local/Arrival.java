package ai.altertable.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request that arrived, and what became of it. Credentials are not kept.
 *
 * @param parameters the decoded query parameters
 * @param headers by lower-case name
 */
public record Arrival(
        long number,
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> headers,
        Body body,
        Result result) {

    /** The body as it arrived; {@code statement} is its SQL, or an empty text. */
    public record Body(long bytes, String sha256, String statement) {}

    /** What became of the request; status 0 stands for a connection broken instead of an answer. */
    public record Result(Instant started, Duration took, int status, Optional<Fault> fault) {
        public Instant ended() {
            return started.plus(took);
        }
    }

    /** Whether both were being handled at one moment. */
    public boolean overlaps(Arrival other) {
        return result.started().isBefore(other.result.ended())
                && other.result.started().isBefore(result.ended());
    }
}
