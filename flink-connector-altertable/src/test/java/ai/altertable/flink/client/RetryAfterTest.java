package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -",
                "0, -, 0",
                "' 17 ', -, 17",
                "999999999999999999, -, 86400",
                "9999999999999999999999, -, -",
                "-5, -, -",
                "1.5, -, -",
                "soon, -, -",
                "'Sat, 21 Nov 2026 10:01:00 GMT', -, 60",
                "'Sat, 21 Nov 2026 09:00:00 GMT', -, 0",
                // The server's clock is an hour ahead of ours: its own date tells how long it
                // means.
                "'Sat, 21 Nov 2026 11:01:00 GMT', 'Sat, 21 Nov 2026 11:00:00 GMT', 60",
                "'Sat, 21 Nov 2026 10:01:00 GMT', nonsense, 60",
                "'Sat, 21 Nov 9999 10:01:00 GMT', -, -",
            })
    void isSecondsOrADate(String header, String date, Long seconds) {
        Optional<Duration> expected = Optional.ofNullable(seconds).map(Duration::ofSeconds);

        assertThat(RetryAfter.parse(header, date, NOW)).isEqualTo(expected);
    }
}
