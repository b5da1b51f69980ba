package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitsTest {

    private final byte[] out = new byte[64];

    @Test
    void writesAnyNumberAsJavaDoes() {
        Random random = new Random(1);
        long power = 1;
        for (int digits = 0; digits < 19; digits++) {
            for (long number : new long[] {power - 1, power, power + 1}) {
                assertNumber(number);
                assertNumber(-number);
            }
            power *= 10;
        }
        for (int i = 0; i < 1_000_000; i++) {
            assertNumber(random.nextLong() >> random.nextInt(64));
        }
        assertNumber(Long.MIN_VALUE);
        assertNumber(Long.MAX_VALUE);
        assertNumber(Integer.MAX_VALUE);
        assertNumber(Integer.MAX_VALUE + 1L);
    }

    @Test
    void writesAnyDecimalAsJavaDoes() {
        Random random = new Random(2);
        for (int i = 0; i < 300_000; i++) {
            long unscaled = (random.nextLong() >> random.nextInt(64)) % 1_000_000_000_000_000_000L;
            int scale = random.nextInt(19);

            assertThat(text(Digits.decimal(out, 3, unscaled, scale)))
                    .isEqualTo(BigDecimal.valueOf(unscaled, scale).toPlainString());
        }
    }

    @Test
    void writesEveryDayOfTenThousandYears() {
        LocalDate last = LocalDate.of(10_001, 1, 1);
        for (LocalDate day = LocalDate.of(-1, 1, 1); day.isBefore(last); day = day.plusDays(1)) {
            String expected = day.toString();
            expected = expected.startsWith("+") ? expected.substring(1) : expected;
            if (!text(DateText.date(out, 3, day.toEpochDay())).equals(expected)) {
                assertThat(text(DateText.date(out, 3, day.toEpochDay()))).isEqualTo(expected);
            }
        }
    }

    @Test
    void writesTheFirstAndTheLastDayThatFlinkHolds() {
        assertThat(text(DateText.date(out, 3, Integer.MIN_VALUE))).isEqualTo("-5877641-06-23");
        assertThat(text(DateText.date(out, 3, Integer.MAX_VALUE))).isEqualTo("5881580-07-11");
    }

    private void assertNumber(long number) {
        String text = text(Digits.number(out, 3, number));
        if (!text.equals(Long.toString(number))) {
            assertThat(text).isEqualTo(Long.toString(number));
        }
    }

    private String text(int end) {
        return new String(out, 3, end - 3, US_ASCII);
    }
}
