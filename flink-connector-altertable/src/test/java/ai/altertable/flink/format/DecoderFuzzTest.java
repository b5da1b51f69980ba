package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.altertable.flink.format.RenderedScalars.Cell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.RepeatedTest;

/** Whole answers, sound and damaged, in pieces of every size. */
class DecoderFuzzTest {

    private static final Duration HANG = Duration.ofSeconds(60);

    private final long seed = Answers.seed();
    private final Random random = new Random(seed);
    private final RenderedValues values = new RenderedValues(random);
    private final RowType type = values.rowType();

    private List<Cell> rows(int count) {
        return Stream.generate(() -> values.row(type)).limit(count).toList();
    }

    private byte[] answer(List<Cell> rows) {
        return Answers.answer(type, rows.stream().map(Cell::json).toList());
    }

    @RepeatedTest(20)
    void readsTheSameRowsHoweverTheBytesArrive() throws IOException {
        List<Cell> rows = rows(200);
        byte[] answer = answer(rows);
        List<RowData> expected =
                rows.stream().map(row -> Answers.binary(type, (RowData) row.value())).toList();

        for (int maxPiece : new int[] {1, 2, 7, 100, 5000, Integer.MAX_VALUE - 1}) {
            InputStream pieces = Answers.inPieces(answer, random, maxPiece);

            assertThat(Answers.readAll(new RowDecoder(type).rows(pieces)))
                    .as("seed %d, pieces of up to %d bytes", seed, maxPiece)
                    .isEqualTo(expected);
        }
    }

    @RepeatedTest(40)
    void readsDamagedAnswersAsTheReferenceDoesOrFails() {
        Mutation mutation = new Mutation(random);
        assertTimeoutPreemptively(
                HANG,
                () -> {
                    byte[] answer = answer(rows(8));
                    for (int i = 0; i < 300; i++) {
                        check(mutation.of(answer));
                    }
                },
                () -> "hangs with seed " + seed);
    }

    @RepeatedTest(40)
    void takesNoCutAnswerForAWholeOne() {
        byte[] answer = answer(rows(3));
        for (int length = 0; length < answer.length; length++) {
            byte[] cut = Arrays.copyOf(answer, length);
            check(cut);
        }
    }

    private void check(byte[] answer) {
        ReferenceAnswer expected = ReferenceAnswer.of(answer, type);
        InputStream in =
                random.nextBoolean()
                        ? new ByteArrayInputStream(answer)
                        : Answers.inPieces(answer, random, 50);
        List<RowData> rows = new ArrayList<>();
        Throwable failure = null;
        try {
            QueryRows query = new RowDecoder(type).rows(in);
            for (RowData row = query.next(); row != null; row = query.next()) {
                rows.add(row);
            }
        } catch (Throwable e) {
            failure = e;
        }
        String description =
                "seed %d, type %s, answer:%n%s".formatted(seed, type, new String(answer, UTF_8));
        assertThat(rows).as(description).isEqualTo(expected.rows());
        if (expected.failed()) {
            assertThat(failure)
                    .as(description)
                    .isInstanceOfAny(
                            MalformedRowException.class,
                            IncompleteResultException.class,
                            QueryErrorException.class);
        } else {
            assertThat(failure).as(description).isNull();
        }
    }
}
