package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.util.Locale;

/** What came back over HTTP, read to its end. */
record Answer(int status, HttpHeaders headers, String body) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** CONTRACT §2: any 2xx, unless the body is JSON that says {@code ok: false} or an error. */
    Answer mustBeAccepted() {
        assertThat(status).as("status of: %s", excerpt()).isBetween(200, 299);
        JsonNode json = json();
        assertThat(json.path("ok").asBoolean(true)).as("ok of: %s", excerpt()).isTrue();
        assertThat(json.hasNonNull("error")).as("error of: %s", excerpt()).isFalse();
        return this;
    }

    /** The caller's fault, said so: a 4xx with words in its body. */
    Answer mustBeRefused() {
        assertThat(status).as("status of: %s", excerpt()).isBetween(400, 499);
        assertThat(body).as("body of a %s", status).isNotBlank();
        return this;
    }

    Answer mustBe(int expected) {
        assertThat(status).as("status of: %s", excerpt()).isEqualTo(expected);
        return this;
    }

    /** CONTRACT §3: a 400 that means "once more", and says so in words. */
    boolean conflicted() {
        return status == 400 && saysConflict(body);
    }

    static boolean saysConflict(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("conflict") || lower.contains("maximum retry count");
    }

    boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; missing when it is something else. */
    JsonNode json() {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    private String excerpt() {
        return body.length() <= 500 ? body : body.substring(0, 500) + "…";
    }
}
