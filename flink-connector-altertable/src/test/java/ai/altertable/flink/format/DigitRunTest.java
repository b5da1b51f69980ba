package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitRunTest {

    private static final int ROOM = 64;

    private final Random random = new Random(1);

    @Test
    void endsAtWhateverIsNoDigit() {
        for (int other = 0; other < 256; other++) {
            boolean isDigit = other >= '0' && other <= '9';
            for (int digits = 0; digits < 20; digits++) {
                byte[] bytes = bytes("#" + "7".repeat(digits) + (char) other + "5");

                int expected = isDigit ? digits + 3 : digits + 1;
                assertThat(DigitRun.end(bytes, 1)).as("byte %d", other).isEqualTo(expected);
            }
        }
    }

    @Test
    void isTheNumberOfItsDigits() {
        for (int digits = 0; digits <= 40; digits++) {
            for (int i = 0; i < 1000; i++) {
                String number = number(digits);
                String before = number(random.nextInt(4));
                byte[] bytes = bytes("\"" + number + other() + number(3));

                assertThat(DigitRun.value(bytes, 1, 1 + digits, value(before)))
                        .as("%s and %s", before, number)
                        .isEqualTo(value(before + number));
            }
        }
    }

    private String number(int digits) {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            number.append((char) ('0' + random.nextInt(10)));
        }
        return number.toString();
    }

    private char other() {
        return "\",]. e\n".charAt(random.nextInt(7));
    }

    /** What is left of it in 64 bits. */
    private static long value(String number) {
        return number.isEmpty() ? 0 : new BigInteger(number).longValue();
    }

    private static byte[] bytes(String text) {
        return (text + "\n" + "9".repeat(ROOM)).getBytes(ISO_8859_1);
    }
}
