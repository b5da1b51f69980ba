package ai.altertable.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.altertable.flink.Credentials.Scheme;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static final String TOKEN = "YWxpY2U6c2Vzw6FtZQ==";

    @Test
    void writesTheTokenOfAUserBehindTheScheme() {
        Credentials basic = Credentials.ofPassword("alice", "sesáme", Scheme.BASIC);
        Credentials bearer = Credentials.ofPassword("alice", "sesáme", Scheme.BEARER);

        assertThat(basic.authorizationHeader()).isEqualTo("Basic " + TOKEN);
        assertThat(bearer.authorizationHeader()).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void areTheSameByTokenAndByPassword() {
        Credentials byToken = Credentials.ofToken(" " + TOKEN + "\n", Scheme.BASIC);
        Credentials byPassword = Credentials.ofPassword("alice", "sesáme", Scheme.BASIC);

        assertThat(byToken).isEqualTo(byPassword).hasSameHashCodeAs(byPassword);
        assertThat(byToken).isNotEqualTo(Credentials.ofToken(TOKEN, Scheme.BEARER));
        assertThat(byToken).isNotEqualTo(Credentials.ofPassword("alice", "other", Scheme.BASIC));
    }

    @Test
    void showNothing() {
        assertThat(Credentials.ofPassword("alice", "sesame", Scheme.BASIC))
                .hasToString("basic ****");
        assertThat(Credentials.ofToken(TOKEN, Scheme.BEARER)).hasToString("bearer ****");
    }

    @Test
    void maskWhatAServerEchoes() {
        String echo = "Not you: Authorization: Basic " + TOKEN + " (password sesáme)";

        assertThat(Credentials.ofPassword("alice", "sesáme", Scheme.BASIC).mask(echo))
                .isEqualTo("Not you: Authorization: Basic **** (password ****)");
        assertThat(Credentials.ofToken(TOKEN, Scheme.BASIC).mask(echo))
                .isEqualTo("Not you: Authorization: Basic **** (password ****)");
    }

    @Test
    void leaveTheTextAloneIfThePasswordIsPartOfAnyWord() {
        assertThat(Credentials.ofPassword("alice", "e", Scheme.BASIC).mask("the message"))
                .isEqualTo("the message");
    }

    @Test
    void travel() throws Exception {
        Credentials credentials = Credentials.ofPassword("alice", "sesame", Scheme.BEARER);

        assertThat(copy(credentials)).isEqualTo(credentials);
    }

    static Object copy(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\r\nX-Evil: 1", "émoji", "=="})
    void refuseATokenThatIsNoneAndDoNotRepeatIt(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.ofToken(token, Scheme.BASIC))
                .withMessageContaining("'token'")
                .withMessageNotContaining("Evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b"})
    void refuseAUserThatTheSchemeCannotSay(String username) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.ofPassword(username, "secret", Scheme.BASIC))
                .withMessageContaining("'username'");
    }

    @Test
    void comeFromTheOptions() {
        assertThat(from(Map.of("username", "alice", "password", "sesame")))
                .isEqualTo(Credentials.ofPassword("alice", "sesame", Scheme.BASIC));
        assertThat(from(Map.of("token", TOKEN, "auth.scheme", "bearer")))
                .isEqualTo(Credentials.ofToken(TOKEN, Scheme.BEARER));
    }

    @Test
    void areOneOfTwoKinds() {
        for (Map<String, String> options :
                List.of(
                        Map.<String, String>of(),
                        Map.of("username", "alice"),
                        Map.of("password", "sesame"),
                        Map.of("token", TOKEN, "password", "sesame"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> from(options))
                    .withMessageContaining("'username' and 'password', or 'token'")
                    .withMessageNotContaining("sesame");
        }
    }

    private static Credentials from(Map<String, String> options) {
        return Credentials.from(Configuration.fromMap(options));
    }
}
