package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.altertable.flink.TableId;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AltertableExceptionTest {

    private static final Purpose APPEND = new Purpose(Operation.APPEND, "lake.main.orders");

    private static AltertableException answered(Purpose purpose, int status) {
        return new AltertableException(
                purpose,
                new Failure(
                        Outcome.ofStatus(status, ""),
                        status,
                        "the server's words",
                        "x-request-id: 17",
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "301, 'url'",
        "401, 'username'",
        "401, 'password'",
        "401, 'token'",
        "401, 'auth.scheme'",
        "402, 'token'",
        "403, 'catalog'",
        "404, 'url'",
        "404, 'catalog'",
        "404, 'schema'",
        "405, 'url'",
        "413, 'sink.buffer-flush.max-size'",
        "415, 'sink.format'",
        "422, 'sink.format'",
        "418, 'url'",
    })
    void namesTheOptionToChange(int status, String option) {
        AltertableException e = answered(APPEND, status);

        assertThat(e.hint().orElseThrow()).contains("'" + option + "'");
        assertThat(e).hasMessageContaining("'" + option + "'");
    }

    @Test
    void namesTheEndpointsOptionWhereAnUpsertIsNotAllowed() {
        assertThat(answered(new Purpose(Operation.UPSERT, "t"), 405))
                .hasMessageContaining("'sink.upsert-endpoint'");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 500, 503})
    void blamesNoOptionForWhatIsNoOptionsFault(int status) {
        assertThat(answered(APPEND, status).hint()).isEmpty();
    }

    @Test
    void tellsEverythingInOneLine() {
        assertThat(answered(APPEND, 404))
                .hasMessage(
                        "append (lake.main.orders) failed: MISCONFIGURED, HTTP 404: the server's"
                                + " words. Check the options 'url', 'catalog', 'schema' and"
                                + " 'table' [x-request-id: 17]");
        assertThat(answered(APPEND, 404).status()).hasValue(404);
        assertThat(answered(APPEND, 404).requestIds()).isEqualTo("x-request-id: 17");
    }

    @Test
    void namesTheOptionsOfAConnectionThatCannotBeMade() {
        assertThat(unreachable(new ConnectException("refused"))).hasMessageContaining("'url'");
        assertThat(unreachable(new SSLHandshakeException("unknown authority")))
                .hasMessageContaining("'ssl.ca-certificate'")
                .hasCauseInstanceOf(SSLHandshakeException.class);
    }

    private static AltertableException unreachable(IOException cause) {
        return new AltertableException(
                APPEND, Failure.without(Outcome.UNREACHABLE, cause.toString(), cause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "", " a", "a ", "a\t", ","})
    void refusesAKeyColumnThatTheApiCannotName(String column) {
        TableId table = new TableId("lake", "main", "orders");

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Upsert(
                                        table,
                                        List.of("id", column),
                                        Optional.empty(),
                                        "json",
                                        Bytes.rows(1)))
                .withMessageContaining("\"" + column + "\"");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Upsert(table, List.of(), Optional.empty(), "json", Bytes.rows(1)))
                .withMessageContaining("lake.main.orders");
    }
}
