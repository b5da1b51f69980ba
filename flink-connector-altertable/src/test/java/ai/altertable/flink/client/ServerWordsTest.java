package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.Credentials;
import ai.altertable.flink.Credentials.Scheme;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerWordsTest {

    private static final Credentials CREDENTIALS =
            Credentials.ofPassword("alice", "open-sesame", Scheme.BASIC);

    private static String words(String body) {
        return ServerWords.of(body.getBytes(StandardCharsets.UTF_8), CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text | plain text",
                "{\"message\": \"m\"} | m",
                "{\"error\": \"e\"} | e",
                "{\"error\": {\"message\": \"inner\"}} | inner",
                "{\"error\": {\"code\": 7}} | {code=7}",
                "{\"message\": \"m\", \"error_code\": \"E7\", \"details\": [1, null]}"
                        + "| m; E7; [1, null]",
                "{\"message\": \"m\", \"error\": \"m\"} | m",
                "{\"message\": null, \"error\": \"  \"} | {\"message\": null, \"error\": \" \"}",
                "{\"other\": \"o\"} | {\"other\": \"o\"}",
                "{\"message\": \"cut | {\"message\": \"cut",
                "[1, 2] | [1, 2]",
                "'' | (no words)",
                "' \t ' | (no words)",
            })
    void areFoundInTextAndInJson(String body, String expected) {
        assertThat(words(body)).isEqualTo(expected);
    }

    @Test
    void areOneLineThatCannotForgeAnotherInALog() {
        assertThat(words("first\r\n2026-11-21 INFO all is well\u001b[31m\u2028\u202Ered\0"))
                .isEqualTo("first 2026-11-21 INFO all is well [31m red");
    }

    @Test
    void doNotRepeatTheStatement() {
        assertThat(
                        words(
                                "Parser Error: syntax error at or near \"x\"\n\n"
                                        + "LINE 1: DELETE FROM t WHERE mail = 'bob@example.com' x\n"
                                        + "                                              ^"))
                .isEqualTo("Parser Error: syntax error at or near \"x\"");
    }

    @Test
    void holdNoCredentials() {
        assertThat(words("{\"message\": \"Basic YWxpY2U6b3Blbi1zZXNhbWU= is open-sesame\"}"))
                .isEqualTo("Basic **** is ****");
    }

    @Test
    void areAtMostTwoKilobytesAndNoHalfCharacter() {
        String words = words("é".repeat(1023) + "🚀🚀");

        assertThat(words).isEqualTo("é".repeat(1023));
        assertThat(words("🚀".repeat(4000)).getBytes(StandardCharsets.UTF_8)).hasSize(2048);
    }

    @Test
    void doNotFallApartOnDeepOrBrokenInput() {
        assertThat(words("{\"error\":".repeat(5000))).startsWith("{\"error\":");
        assertThat(ServerWords.of(new byte[] {(byte) 0xFF, (byte) 0xFE, 0}, CREDENTIALS))
                .isNotEmpty();
    }
}
