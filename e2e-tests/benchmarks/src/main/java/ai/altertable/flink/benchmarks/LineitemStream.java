package ai.altertable.flink.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Rows of {@link Lineitem} without end, each made when it is asked for, in a tenth of a
 * microsecond: what is measured is whoever takes them. So he finds them in the cache, as he finds
 * those of an operator before him, and no page sees a row twice.
 *
 * <p>Texts have their bytes, as those that came over Flink's network, and are no Java strings. Like
 * TPC-H's own, a comment is the next piece of a long text, wherever that begins and ends.
 */
final class LineitemStream {

    private static final StringData[] FLAGS = texts("A", "N", "R");
    private static final StringData[] STATUS = texts("F", "O");
    private static final StringData[] INSTRUCTIONS =
            texts("COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN");
    private static final StringData[] MODES =
            texts("AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK");

    private static final String[] WORDS =
            ("about above according accounts across after again against along among are asymptotes"
                            + " blithely bold braids busily carefully cajole courts daring deposits"
                            + " detect doggedly engage even excuses express final fluffily foxes"
                            + " furiously haggle hockey ideas instructions integrate ironic lazily"
                            + " never nod packages pending pinto platelets quickly quiet realms"
                            + " regular requests ruthless sleep slyly sometimes special theodolites"
                            + " thin unusual waters")
                    .split(" ");

    /** Far more than the comments of one page. */
    private static final int TEXT_LENGTH = 8 * 1024 * 1024;

    private static final int SHORTEST_COMMENT = 10;
    private static final int LONGEST_COMMENT = 43;
    private static final int FIRST_DAY = (int) LocalDate.of(1992, 1, 1).toEpochDay();

    private final SplittableRandom random;
    private final byte[] text;
    private int position;
    private long order = 1;
    private int line = 1;

    LineitemStream(long seed) {
        random = new SplittableRandom(seed);
        text = text();
    }

    RowData next() {
        if (line > 7 || below(4) == 0) {
            order += 1 + below(25);
            line = 1;
        }
        int quantity = 1 + below(50);
        int shipped = FIRST_DAY + below(2526);
        return GenericRowData.of(
                order,
                1L + below(20_000_000),
                1L + below(1_000_000),
                line++,
                decimal(quantity * 100L),
                decimal(quantity * (90_000L + below(120_000))),
                decimal(below(11)),
                decimal(below(9)),
                oneOf(FLAGS),
                oneOf(STATUS),
                shipped,
                shipped - 30 + below(91),
                shipped + 1 + below(30),
                oneOf(INSTRUCTIONS),
                oneOf(MODES),
                comment());
    }

    /** The high bits of a product: cheaper than a remainder, and even enough. */
    private int below(int bound) {
        return (int) (Integer.toUnsignedLong(random.nextInt()) * bound >>> Integer.SIZE);
    }

    private static DecimalData decimal(long cents) {
        return DecimalData.fromUnscaledLong(cents, 15, 2);
    }

    private StringData oneOf(StringData[] texts) {
        return texts[below(texts.length)];
    }

    private StringData comment() {
        int length = SHORTEST_COMMENT + below(LONGEST_COMMENT - SHORTEST_COMMENT + 1);
        if (position + length > text.length) {
            // Another beginning than the last time, so that no comment comes again.
            position = below(LONGEST_COMMENT);
        }
        int begin = position;
        position += length;
        return StringData.fromBytes(Arrays.copyOfRange(text, begin, position));
    }

    private byte[] text() {
        StringBuilder words = new StringBuilder(TEXT_LENGTH + LONGEST_COMMENT);
        while (words.length() < TEXT_LENGTH) {
            words.append(oneOf(WORDS)).append(' ');
        }
        return words.toString().getBytes(US_ASCII);
    }

    private String oneOf(String[] words) {
        return words[below(words.length)];
    }

    private static StringData[] texts(String... texts) {
        return Stream.of(texts)
                .map(text -> StringData.fromBytes(text.getBytes(US_ASCII)))
                .toArray(StringData[]::new);
    }
}
