package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRowsTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {new IntType(), new VarCharType(VarCharType.MAX_LENGTH)},
                    new String[] {"id", "event"});

    private static final RowType ERRORS =
            RowType.of(
                    new LogicalType[] {new IntType(), new VarCharType(VarCharType.MAX_LENGTH)},
                    new String[] {"id", "error"});

    private static final String HEAD = "{\"any\":{\"thing\":[1]}}\n[\"id\",\"event\"]\n";

    private static List<RowData> read(String answer) throws IOException {
        return Answers.read(TYPE, answer.getBytes(UTF_8));
    }

    private static RowData row(Integer id, String event) {
        return Answers.binary(TYPE, GenericRowData.of(id, StringData.fromString(event)));
    }

    @Nested
    class AWholeAnswer {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[\"id\",\"event\"]",
                    "[{\"name\":\"id\",\"type\":\"INTEGER\"},{\"type\":null,\"name\":\"event\"}]",
                    "[ {\"name\":\"x\",\"type\":{\"deep\":[]}} , \"y\" ]\r",
                })
        void mayNameItsColumnsInAnyWay(String columns) throws IOException {
            assertThat(read("{}\n" + columns + "\n[1,\"a\"]\n{\"event\":\"b\",\"id\":2}\n"))
                    .containsExactly(row(1, "a"), row(2, "b"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]\n", "[]", "[\"id\",\"event\"]\n", "[\"id\",\"event\"]"})
        void mayHaveNoRows(String columns) throws IOException {
            assertThat(read("{\"error\":null}\n" + columns)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"[1,\"a\"]", "[1,\"a\"]\n", "[1,\"a\"]\r\n", " [ 1 , \"a\" ] \t\n"})
        void mayLackItsLastLineFeed(String lines) throws IOException {
            assertThat(read(HEAD + lines)).containsExactly(row(1, "a"));
        }

        @Test
        void mayHaveNoColumnsAtAll() throws IOException {
            RowType none = RowType.of();

            assertThat(Answers.read(none, "{}\n[]\n[]\n[]\n".getBytes(UTF_8))).hasSize(2);
        }

        @Test
        void staysAtItsEnd() throws IOException {
            QueryRows rows = open(HEAD);

            assertThat(rows.next()).isNull();
            assertThat(rows.next()).isNull();
        }

        @Test
        void mayHaveLinesLongerThanAnyBuffer() throws IOException {
            List<RowData> rows =
                    IntStream.of(10, 70_000, 3, 1_000_000, 131_000, 5)
                            .mapToObj(length -> row(length, "x".repeat(length)))
                            .toList();
            byte[] answer =
                    Answers.answer(
                            TYPE,
                            rows.stream()
                                    .map(r -> "[" + r.getInt(0) + ",\"" + r.getString(1) + "\"]")
                                    .toList());

            assertThat(Answers.read(TYPE, answer)).isEqualTo(rows);
            InputStream pieces = Answers.inPieces(answer, new Random(1), 10_000);
            assertThat(Answers.readAll(new RowDecoder(TYPE).rows(pieces))).isEqualTo(rows);
        }

        @Test
        void mayBeFollowedByAnotherForTheSameDecoder() throws IOException {
            RowDecoder decoder = new RowDecoder(TYPE);
            for (int i = 0; i < 2; i++) {
                byte[] answer = (HEAD + "[" + i + ",\"a\"]\n").getBytes(UTF_8);

                assertThat(Answers.readAll(decoder.rows(new ByteArrayInputStream(answer))))
                        .containsExactly(row(i, "a"));
            }
        }
    }

    private static QueryRows open(String answer) {
        return new RowDecoder(TYPE).rows(new ByteArrayInputStream(answer.getBytes(UTF_8)));
    }

    @Nested
    class AnErrorOfTheServer {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\":\"out of memory\"}\n",
                    "{}\n{\"error\":\"out of memory\"}\n",
                    "{}\n{\"error\":\"out of memory\"}",
                    HEAD + "{\"error\":\"out of memory\"}\n",
                    HEAD + "[1,\"a\"]\n{\"code\":7,\"error\":\"out of memory\",\"at\":[]}\n",
                    "{}\n[]\n{\"error\":\"out of memory\"}\n",
                })
        void isThrownWhereverItComes(String answer) {
            assertThatThrownBy(() -> read(answer))
                    .isInstanceOfSatisfying(
                            QueryErrorException.class,
                            e -> {
                                assertThat(e.words()).isEqualTo("out of memory");
                                assertThat(e).hasMessageContaining("out of memory");
                                assertThat(e.line()).isEqualTo(answer.strip().lines().count());
                            });
        }

        @Test
        void isThrownAgainInsteadOfARowBehindIt() throws IOException {
            QueryRows rows = open(HEAD + "[1,\"a\"]\n{\"error\":\"no\"}\n[2,\"b\"]\n");

            assertThat(rows.next()).isEqualTo(row(1, "a"));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(rows::next).isInstanceOf(QueryErrorException.class);
            }
        }

        @Test
        void mayBeAnObject() {
            assertThatThrownBy(() -> read(HEAD + "{\"error\":{\"message\": \"no\"}}\n"))
                    .hasMessageEndingWith("{\"message\": \"no\"}");
        }

        @Test
        void isCutAtTwoKilobytes() {
            String words = "x".repeat(2047) + "\uD83D\uDE00".repeat(10);

            assertThatThrownBy(() -> read("{}\n{\"error\":\"" + words + "\"}\n"))
                    .isInstanceOfSatisfying(
                            QueryErrorException.class,
                            e -> assertThat(e.words()).isEqualTo("x".repeat(2047)));
        }

        @Test
        void isNotAColumnOfThatName() throws IOException {
            String head = "{}\n[\"id\",\"error\"]\n";
            byte[] answer = (head + "{\"id\":1,\"error\":\"a\"}\n").getBytes(UTF_8);
            byte[] alone = (head + "{\"error\":\"a\"}\n").getBytes(UTF_8);

            assertThat(Answers.read(ERRORS, answer)).containsExactly(row(1, "a"));
            assertThatThrownBy(() -> Answers.read(ERRORS, alone))
                    .isInstanceOf(QueryErrorException.class);
        }
    }

    @Nested
    class AnAnswerThatEndsTooEarly {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{}\n",
                    "{\"a\":",
                    "{}\n[\"id\"",
                    HEAD + "[",
                    HEAD + "[1,\"a\"",
                    HEAD + "[1,\"a\"]\n[2,\"half a li",
                    HEAD + "[1,\"a\"]\n{\"error\":\"half",
                    HEAD + "[1]",
                })
        void isNoResult(String answer) {
            assertThatThrownBy(() -> read(answer)).isInstanceOf(IncompleteResultException.class);
        }

        @Test
        void failsAsItsStreamDoes() {
            IOException broken = new IOException("connection reset");
            InputStream in =
                    new InputStream() {
                        private boolean first = true;

                        @Override
                        public int read() {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public int read(byte[] into, int offset, int length) throws IOException {
                            if (!first) {
                                throw broken;
                            }
                            first = false;
                            byte[] head = (HEAD + "[1,\"a\"]\n[2").getBytes(UTF_8);
                            System.arraycopy(head, 0, into, offset, head.length);
                            return head.length;
                        }
                    };
            QueryRows rows = new RowDecoder(TYPE).rows(in);

            assertThatThrownBy(
                            () -> {
                                assertThat(rows.next()).isEqualTo(row(1, "a"));
                                rows.next();
                            })
                    .isSameAs(broken);
        }
    }

    @Nested
    class AMalformedAnswer {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]\n",
                    "1\n",
                    "\n",
                    "<html>\n",
                    "{}{}\n[]\n",
                    "{}\n1\n",
                    "{}\n{}\n",
                    "{}\n[\"id\"]\n",
                    "{}\n[\"id\",\"event\",\"more\"]\n",
                    "{}\n[\"id\",{\"title\":\"event\"}]\n",
                    "{}\n[\"id\",{\"name\":1}]\n",
                    "{}\n[]\n[1,\"a\"]\n",
                    HEAD + "[1]\n",
                    HEAD + "[1,\"a\",2]\n",
                    HEAD + "[]\n",
                    HEAD + "\n",
                    HEAD + "[1,\"a\"]\n\n",
                    HEAD + "[1,\"a\"] x\n",
                    HEAD + "[1,\"a\"][2,\"b\"]\n",
                    HEAD + "[1,\"a\n\"]\n",
                    HEAD + "null\n",
                    HEAD + "{}\n",
                    HEAD + "[1,\"a\"\n",
                })
        void isRefused(String answer) {
            assertThatThrownBy(() -> read(answer)).isInstanceOf(MalformedRowException.class);
        }

        @Test
        void isNotKeptInMemoryWithoutEnd() {
            byte[] endless = new byte[300_000];
            Arrays.fill(endless, (byte) 'x');
            QueryRows rows =
                    new QueryRows(
                            new ByteArrayInputStream(endless),
                            new StructDecoder(TYPE, ""),
                            200_000);

            assertThatThrownBy(rows::next)
                    .isInstanceOf(MalformedRowException.class)
                    .hasMessageContaining("longer than 200000 bytes");
        }

        @Test
        void mayNestAsDeepAsItLikes() {
            String deep = "[".repeat(1_000_000);

            assertThatThrownBy(() -> read(HEAD + "[1," + deep + "\n"))
                    .isInstanceOf(MalformedRowException.class);
            assertThatThrownBy(() -> read(HEAD + deep + "\n"))
                    .isInstanceOf(MalformedRowException.class);
            assertThatThrownBy(() -> read("{\"a\":" + deep + "\n"))
                    .isInstanceOf(MalformedRowException.class);
        }
    }
}
