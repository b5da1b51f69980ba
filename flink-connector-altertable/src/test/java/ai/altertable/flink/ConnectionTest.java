package ai.altertable.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    @Test
    void hasTheDefaultsOfTheDocumentation() {
        Connection connection = from(Map.of());

        assertThat(connection.url()).isEqualTo(URI.create("https://api.altertable.ai"));
        assertThat(connection.connectionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(connection.requestTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(connection.computeSize()).isEmpty();
        assertThat(connection.caCertificate()).isEmpty();
        assertThat(AltertableOptions.SCHEMA.defaultValue()).isEqualTo("main");
        assertThat(AltertableOptions.SINK_UPSERT_ENDPOINT.defaultValue())
                .isEqualTo(UpsertEndpoint.AUTO);
    }

    @Test
    void takesEveryOption() {
        Connection connection =
                from(
                        Map.of(
                                "url", "http://lake.example:8080/base/",
                                "auth.scheme", "bearer",
                                "connection.timeout", "2 s",
                                "request.timeout", "3 min",
                                "compute-size", "XS",
                                "ssl.ca-certificate", "/etc/ca.pem"));

        assertThat(connection)
                .isEqualTo(
                        new Connection(
                                URI.create("http://lake.example:8080/base/"),
                                Credentials.ofPassword(
                                        "alice", "sesame", Credentials.Scheme.BEARER),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(3),
                                "XS",
                                "/etc/ca.pem"));
    }

    @Test
    void showsNoCredentialsAndTravels() throws Exception {
        Connection connection = from(Map.of());

        assertThat(connection.toString()).doesNotContain("sesame", "alice");
        assertThat(CredentialsTest.copy(connection)).isEqualTo(connection);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.altertable.ai",
                "ftp://api.altertable.ai",
                "https://alice:sesame@api.altertable.ai",
                "https://sesame@api.altertable.ai/%zz",
                "https://api.altertable.ai?a=b",
                "https://api.altertable.ai#a",
                "https:///upload",
                ""
            })
    void refusesAUrlThatIsNoneWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from(Map.of("url", url)))
                .withMessageContaining("'url'")
                .withMessageNotContaining("sesame");
    }

    @ParameterizedTest
    @CsvSource({"connection.timeout", "request.timeout"})
    void refusesATimeoutThatLeavesNoTime(String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from(Map.of(option, "0 s")))
                .withMessageContaining("'" + option + "'");
    }

    @Test
    void namesTheOptionOfATableWithoutAName() {
        assertThat(new TableId("lake", "main", "orders")).hasToString("lake.main.orders");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableId(" ", "main", "orders"))
                .withMessageContaining("'catalog'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableId("lake", "main", "a\0b"))
                .withMessageContaining("'table'");
    }

    private static Connection from(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("username", "alice");
        all.put("password", "sesame");
        return Connection.from(Configuration.fromMap(all));
    }
}
