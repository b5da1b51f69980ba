package ai.altertable.flink.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Rows of {@link Lineitem} without end, each made when it is asked for, at a tenth of a microsecond
 * or two. So whoever takes them finds them in the cache, as he finds those of an operator before
 * him, and no page sees a row twice.
 */
final class LineitemStream {

    private static final byte[][] FLAGS = texts("A N R");
    private static final byte[][] STATUS = texts("F O");
    private static final byte[][] INSTRUCTIONS = {
        bytes("COLLECT COD"), bytes("DELIVER IN PERSON"), bytes("NONE"), bytes("TAKE BACK RETURN")
    };
    private static final byte[][] MODES = {
        bytes("AIR"),
        bytes("FOB"),
        bytes("MAIL"),
        bytes("RAIL"),
        bytes("REG AIR"),
        bytes("SHIP"),
        bytes("TRUCK")
    };

    /** A comment is a few of these, cut where it is long enough. */
    private static final byte[][] WORDS =
            texts(
                    "about above according accounts across after again against along among are"
                        + " asymptotes blithely bold braids busily carefully cajole courts daring"
                        + " deposits detect doggedly engage even excuses express final fluffily"
                        + " foxes furiously haggle hockey ideas instructions integrate ironic"
                        + " lazily never nod packages pending pinto platelets quickly quiet realms"
                        + " regular requests ruthless sleep slyly sometimes special theodolites"
                        + " thin unusual waters");

    private static final int SHORTEST_COMMENT = 10;
    private static final int LONGEST_COMMENT = 43;
    private static final int FIRST_DAY = (int) LocalDate.of(1992, 1, 1).toEpochDay();

    private final SplittableRandom random;
    private long order = 1;
    private int line = 1;

    LineitemStream(long seed) {
        random = new SplittableRandom(seed);
    }

    RowData next() {
        if (line > 7 || random.nextInt(4) == 0) {
            order += 1 + random.nextInt(25);
            line = 1;
        }
        int quantity = 1 + random.nextInt(50);
        int shipped = FIRST_DAY + random.nextInt(2526);
        return GenericRowData.of(
                order,
                1 + random.nextLong(20_000_000),
                1 + random.nextLong(1_000_000),
                line++,
                decimal(quantity * 100L),
                decimal(quantity * (90_000L + random.nextLong(120_000))),
                decimal(random.nextLong(11)),
                decimal(random.nextLong(9)),
                oneOf(FLAGS),
                oneOf(STATUS),
                shipped,
                shipped - 30 + random.nextInt(91),
                shipped + 1 + random.nextInt(30),
                oneOf(INSTRUCTIONS),
                oneOf(MODES),
                comment());
    }

    private static DecimalData decimal(long cents) {
        return DecimalData.fromUnscaledLong(cents, 15, 2);
    }

    /** Bytes, as a row has them that came over Flink's network, not a Java string. */
    private StringData oneOf(byte[][] texts) {
        return StringData.fromBytes(texts[random.nextInt(texts.length)]);
    }

    private StringData comment() {
        byte[] comment = new byte[random.nextInt(SHORTEST_COMMENT, LONGEST_COMMENT + 1)];
        int length = 0;
        while (length < comment.length) {
            byte[] word = WORDS[random.nextInt(WORDS.length)];
            int taken = Math.min(word.length, comment.length - length);
            System.arraycopy(word, 0, comment, length, taken);
            length += taken;
            if (length < comment.length) {
                comment[length++] = ' ';
            }
        }
        return StringData.fromBytes(comment);
    }

    private static byte[][] texts(String separatedByBlanks) {
        return Arrays.stream(separatedByBlanks.split(" "))
                .map(LineitemStream::bytes)
                .toArray(byte[][]::new);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
