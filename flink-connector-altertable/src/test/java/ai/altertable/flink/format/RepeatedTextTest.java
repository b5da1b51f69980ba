package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

class RepeatedTextTest {

    private final RepeatedText texts = new RepeatedText();

    /** With other bytes in front and behind, as within a line. */
    private StringData get(String text) {
        byte[] line = ("[\"" + text + "\",\"and more of the line behind it\"]").getBytes(US_ASCII);
        return texts.get(line, 2, text.length());
    }

    @Test
    void tellsTextsApartThatShareTheirBeginningOrEnd() {
        String letters = "abcdefghijklmnop";
        List<String> similar =
                IntStream.rangeClosed(0, RepeatedText.MAX_LENGTH)
                        .boxed()
                        .flatMap(
                                length ->
                                        Stream.of(
                                                letters.substring(0, length),
                                                letters.substring(16 - length),
                                                "x".repeat(length),
                                                letters.substring(0, length / 2)
                                                        + "x".repeat(length - length / 2)))
                        .toList();
        for (int round = 0; round < 3; round++) {
            for (String text : similar) {
                assertThat(get(text)).isEqualTo(StringData.fromString(text));
            }
        }
    }

    /** Two words, of which only one differs, may fall into the same place. */
    @Test
    void tellsTextsApartThatFallIntoTheSamePlace() {
        for (int i = 0; i < 20_000; i++) {
            String text = "sameword%07d".formatted(i * 7919 % 10_000_000);

            assertThat(get(text)).isEqualTo(StringData.fromString(text));
        }
    }

    @Test
    void givesTheSameTextAgain() {
        assertThat(get("DELIVERED")).isSameAs(get("DELIVERED"));
    }

    @Test
    void keepsNothingOfTheLine() {
        byte[] line = "[\"status\"]        ".getBytes(US_ASCII);
        StringData text = texts.get(line, 2, 6);
        Arrays.fill(line, (byte) 'x');

        assertThat(text).hasToString("status");
    }

    @Test
    void paysWhileTextsRepeatAndNoLongerWhenTheyHardlyDo() {
        for (int i = 0; i < 100_000; i++) {
            get("status" + i % 50);
        }
        assertThat(texts.pays).isTrue();

        for (int i = 0; i < 10_000_000 && texts.pays; i++) {
            get("id" + i);
        }
        assertThat(texts.pays).isFalse();
    }
}
