package ai.altertable.flink.client;

import ai.altertable.flink.Credentials;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Protocol;
import okhttp3.Response;

/** An answer of the server, and what it says. */
record Answer(Response response, Credentials credentials, Instant arrived) {

    /** More than any answer of the API but a query's holds. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int MAX_ID_LENGTH = 200;

    /** The verdict on a status that is no success. */
    Failure failure() {
        String words = ServerWords.of(beginning(), credentials);
        return failure(Outcome.ofStatus(response.code(), words), words);
    }

    /** A failure that the status does not tell. */
    Failure failure(Outcome outcome, String words) {
        return new Failure(
                outcome,
                response.code(),
                words,
                requestIds(),
                RetryAfter.parse(
                        response.header(HiddenRetryAfter.NAME), response.header("Date"), arrived),
                Optional.empty());
    }

    /** The status is known and decides: words that cannot be read any more are no words. */
    private byte[] beginning() {
        try {
            return response.body().byteStream().readNBytes(ServerWords.MAX_BYTES_READ);
        } catch (IOException cut) {
            return new byte[0];
        }
    }

    private String requestIds() {
        return List.of("x-request-id", "x-correlation-id").stream()
                .filter(name -> response.header(name) != null)
                .map(name -> name + ": " + printable(response.header(name)))
                .collect(Collectors.joining(", "));
    }

    /** Words as they may be shown. */
    String cleaned(String words) {
        return ServerWords.clean(words, credentials);
    }

    private String printable(String id) {
        String cleaned = cleaned(id);
        return cleaned.substring(0, Math.min(cleaned.length(), MAX_ID_LENGTH));
    }

    /** The object that the body is, if it is one. A body that is cut is an exception. */
    Optional<Map<String, Object>> json() throws IOException {
        return JsonTree.object(response.body().byteStream().readNBytes(MAX_BYTES));
    }

    /** A success by its status can still say in its body that it is none. */
    Attempted<Void> ofUpload() throws IOException {
        Map<String, Object> body = json().orElse(Map.of());
        boolean saysNo = Boolean.FALSE.equals(body.get("ok")) || holdsError(body.get("error"));
        if (!saysNo) {
            return new Attempted.Done<>(null);
        }
        String words = cleaned(ServerWords.ofJson(body).orElse("\"ok\": false"));
        return new Attempted.Failed<>(failure(Outcome.ofWords(words), words));
    }

    private static boolean holdsError(Object error) {
        return error != null
                && !Boolean.FALSE.equals(error)
                && !error.toString().isBlank()
                && !error.equals(List.of())
                && !error.equals(Map.of());
    }

    /**
     * Whether a cut body would be noticed. One that ends with its connection, with neither a length
     * nor chunks, looks the same whole and cut.
     */
    boolean showsItsEnd() {
        return response.protocol() == Protocol.HTTP_2
                // A header that holds no number is no length.
                || response.body().contentLength() >= 0
                || "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
    }
}
