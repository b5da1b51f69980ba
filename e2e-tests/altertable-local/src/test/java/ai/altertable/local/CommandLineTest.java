package ai.altertable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void defaultsAreLoopbackAndMemory() {
        Settings settings = CommandLine.parse();

        assertThat(settings.listen().host()).isEqualTo("127.0.0.1");
        assertThat(settings.listen().port()).isEqualTo(15000);
        assertThat(settings.users()).isEqualTo(Map.of("altertable", "altertable"));
        assertThat(settings.store().catalogs()).containsExactly("lake");
        assertThat(settings.store().data()).isEmpty();
        assertThat(settings.store().storage()).isEqualTo(Storage.DUCKDB);
        assertThat(settings.api()).isEqualTo(Api.BOTH);
        assertThat(settings.control()).isFalse();
    }

    @Test
    void readsEveryFlagInBothSpellings() {
        Settings settings =
                CommandLine.parse(
                        "--port",
                        "0",
                        "--user=alice:a:b",
                        "--user",
                        "bob:c",
                        "--data",
                        "folder",
                        "--catalog",
                        "one",
                        "--catalog=two",
                        "--storage",
                        "DuckLake",
                        "--api",
                        "1",
                        "--tls-key",
                        "k.pem",
                        "--tls-cert=c.pem",
                        "--control",
                        "--extensions",
                        "x");

        assertThat(settings.listen().port()).isZero();
        assertThat(settings.users()).isEqualTo(Map.of("alice", "a:b", "bob", "c"));
        assertThat(settings.store().data()).contains(Path.of("folder"));
        assertThat(settings.store().extensions()).contains(Path.of("x"));
        assertThat(settings.store().catalogs()).containsExactly("one", "two");
        assertThat(settings.store().storage()).isEqualTo(Storage.DUCKLAKE);
        assertThat(settings.api()).isEqualTo(Api.FIRST);
        assertThat(settings.listen().tls().orElseThrow().key()).isEqualTo(Path.of("k.pem"));
        assertThat(settings.control()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --port eleven                | --port takes a number
                    --port 70000                 | --port takes a number from 0 to 65535
                    --port                       | --port needs a value
                    --colour red                 | there is no flag --colour
                    stray                        | there is no flag stray
                    --storage s3                 | --storage takes duckdb or ducklake
                    --api 3                      | --api takes 1, 2 or both
                    --catalog ../x               | --catalog takes letters
                    --catalog memory             | keeps that name for itself
                    --catalog a --catalog A      | names the same catalog twice
                    --tls-key k.pem              | --tls-key and --tls-cert go together
                    --host 0.0.0.0               | needs --user
                    --host no.such.host.invalid  | is not known
                    """)
    void refusesWithTheFlagToChange(String flags, String message) {
        assertThatThrownBy(() -> CommandLine.parse(flags.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void neverRepeatsAPassword() {
        assertThatThrownBy(() -> CommandLine.parse("--user", "hunter2"))
                .hasMessage("--user takes name:password");
        assertThat(CommandLine.parse("--user", "alice:hunter2").toString())
                .doesNotContain("hunter2");
    }
}
