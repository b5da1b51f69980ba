package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowPiecesTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {new IntType(), new VarCharType(VarCharType.MAX_LENGTH)},
                    new String[] {"id", "event"});

    private final long seed = Answers.seed();
    private final Random random = new Random(seed);

    private static RowData row(int id, int length) {
        return Answers.binary(
                TYPE, GenericRowData.of(id, StringData.fromString("x".repeat(length))));
    }

    private static byte[] answer(List<RowData> rows) {
        return Answers.answer(
                TYPE,
                rows.stream()
                        .map(row -> "[" + row.getInt(0) + ",\"" + row.getString(1) + "\"]")
                        .toList());
    }

    /** All pieces first, each in a place of its own, then their rows. */
    private static List<RowData> read(RowType type, InputStream answer) throws IOException {
        List<RowPiece> all = new ArrayList<>();
        RowPieces pieces = RowPieces.of(answer);
        for (RowPiece next = new RowPiece(type); pieces.next(next); next = new RowPiece(type)) {
            all.add(next);
        }
        List<RowData> rows = new ArrayList<>();
        for (RowPiece piece : all) {
            rows.addAll(piece.rows(RowPieces.FIRST_LINE + rows.size()));
        }
        return rows;
    }

    @RepeatedTest(10)
    void haveTheRowsOfTheAnswerHoweverItsBytesArrive() throws IOException {
        RenderedValues values = new RenderedValues(random);
        RowType type = values.rowType();
        List<String> lines = Stream.generate(() -> values.row(type).json()).limit(20_000).toList();
        byte[] answer = Answers.answer(type, lines);
        List<RowData> expected = Answers.read(type, answer);

        for (int maxPiece : new int[] {1000, 100_000, Integer.MAX_VALUE - 1}) {
            assertThat(read(type, Answers.inPieces(answer, random, maxPiece)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @RepeatedTest(10)
    void mayConsistOfOneLineEach() throws IOException {
        List<RowData> rows =
                IntStream.range(0, 30).mapToObj(i -> row(i, 1 << random.nextInt(20))).toList();

        assertThat(read(TYPE, new ByteArrayInputStream(answer(rows)))).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void takeALastLineWithoutLineFeed(int count) throws IOException {
        List<RowData> rows = IntStream.range(0, count).mapToObj(i -> row(i, 1)).toList();
        byte[] answer = answer(rows);
        byte[] withoutEnd = Arrays.copyOf(answer, answer.length - 1);

        assertThat(read(TYPE, new ByteArrayInputStream(withoutEnd))).isEqualTo(rows);
    }

    @Test
    void takeAHeadLargerThanAnyPiece() throws IOException {
        String head = "{\"a\":\"" + "x".repeat(500_000) + "\"}\n[\"id\",\"event\"]\n";

        InputStream answer = new ByteArrayInputStream((head + "[1,\"xx\"]\n").getBytes(UTF_8));

        assertThat(read(TYPE, answer)).containsExactly(row(1, 2));
    }

    @Test
    void useTheirPlaceAgain() throws IOException {
        List<RowData> rows = IntStream.range(0, 100_000).mapToObj(i -> row(i, i % 100)).toList();
        RowPieces pieces = RowPieces.of(new ByteArrayInputStream(answer(rows)));
        RowPiece place = new RowPiece(TYPE);

        List<RowData> read = new ArrayList<>();
        while (pieces.next(place)) {
            read.addAll(place.rows(0));
        }

        assertThat(read).isEqualTo(rows);
        assertThat(pieces.next(place)).isFalse();
    }

    @Test
    void nameTheLineThatIsWrong() throws IOException {
        String line = "[1,\"a\"]\n";
        String lines = line.repeat(5) + "[1]\n" + line;
        RowPieces pieces =
                RowPieces.of(new ByteArrayInputStream(("{}\n[1,2]\n" + lines).getBytes(UTF_8)));
        RowPiece piece = new RowPiece(TYPE);
        pieces.next(piece);

        assertThatThrownBy(() -> piece.rows(1_000))
                .isInstanceOfSatisfying(
                        MalformedRowException.class, e -> assertThat(e.line()).isEqualTo(1_005));
    }
}
