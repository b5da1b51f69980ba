package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.format.RenderedScalars.Cell;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.RepeatedTest;

/** The fast way over the bytes never says anything else than the strict one. */
class DecoderAgreementTest {

    private static final int ROWS = 300;
    private static final int MUTANTS = 10;

    private final long seed = Answers.seed();
    private final Random random = new Random(seed);
    private final RenderedValues values = new RenderedValues(random);
    private final RowType type = values.rowType();
    private final StructDecoder decoder = new StructDecoder(type, "");

    @RepeatedTest(40)
    void onEveryFormOfEveryType() throws IOException {
        for (int i = 0; i < ROWS; i++) {
            Cell row = values.row(type);

            RowData expected = Answers.binary(type, (RowData) row.value());
            assertThat(strict(row.json().getBytes(UTF_8)))
                    .as("strict, seed %d, %s, %s", seed, type, row.json())
                    .isEqualTo(expected);
            assertThat(fast(row.json().getBytes(UTF_8)))
                    .as("fast, seed %d, %s, %s", seed, type, row.json())
                    .isIn(expected, null);
        }
    }

    @RepeatedTest(40)
    void onDamagedLines() {
        Mutation mutation = new Mutation(random);
        for (int i = 0; i < ROWS; i++) {
            byte[] line = values.row(type).json().getBytes(UTF_8);
            for (int k = 0; k < MUTANTS; k++) {
                byte[] mutant = mutation.of(line);
                RowData fast = fast(mutant);

                if (fast != null) {
                    assertThat(strictOrNull(mutant))
                            .as("seed %d, %s, %s", seed, type, new String(mutant, UTF_8))
                            .isEqualTo(fast);
                }
            }
        }
    }

    /** As within an answer: with a line feed behind it, and bytes of an older line behind that. */
    private RowData fast(byte[] line) {
        int end = end(line);
        byte[] bytes = Arrays.copyOf(line, line.length + 64);
        for (int i = end + 1; i < bytes.length && end > 0; i++) {
            bytes[i] = line[i % end];
        }
        bytes[end] = '\n';
        return decoder.fastFields(bytes, 0) == end ? decoder.row() : null;
    }

    private RowData strict(byte[] line) throws IOException {
        StrictLine in = StrictLine.open(3, line, 0, end(line));
        RowData row = decoder.strictRow(in);
        in.end();
        return row;
    }

    private static int end(byte[] line) {
        int feed = new String(line, ISO_8859_1).indexOf('\n');
        return feed < 0 ? line.length : feed;
    }

    private RowData strictOrNull(byte[] line) {
        try {
            return strict(line);
        } catch (IOException e) {
            return null;
        }
    }
}
