package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFeedsTest {

    private static int oneByOne(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    @Test
    void findsWhatALookAtEachByteFinds() {
        Random random = new Random(6);
        // What differs from a line feed by little, and what has its high bit set.
        byte[] alphabet = {'\n', '\n' - 1, '\n' + 1, 0, 'a', (byte) 0x8A, (byte) 0xFF, (byte) 0x80};
        byte[] bytes = new byte[300];
        for (int round = 0; round < 2_000; round++) {
            int kinds = 1 + random.nextInt(alphabet.length);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(40) == 0 ? 0 : random.nextInt(kinds)];
            }
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertThat(LineFeeds.next(bytes, from, to)).isEqualTo(oneByOne(bytes, from, to));
        }
    }
}
