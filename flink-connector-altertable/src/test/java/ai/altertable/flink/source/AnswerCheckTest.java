package ai.altertable.flink.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.format.IncompleteResultException;
import ai.altertable.flink.format.MalformedRowException;
import ai.altertable.flink.format.QueryErrorException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCheckTest {

    private static final String HEAD = "{\"statement\":\"SELECT\"}\n[\"id\"]\n";
    private static final RowType ID = Lakes.columns("id BIGINT");

    /** Shows the answer in pieces of so many bytes, then has it proven. */
    private static long rows(String answer, int piece) throws IOException {
        byte[] bytes = answer.getBytes(UTF_8);
        AnswerCheck check = new AnswerCheck();
        for (int from = 0; from < bytes.length; from += piece) {
            check.saw(bytes, from, Math.min(bytes.length, from + piece));
        }
        check.prove(new ByteArrayInputStream(bytes), ID);
        return check.rows();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void countsRowsHoweverTheyComeIn(int piece) throws IOException {
        assertThat(rows(HEAD, piece)).isZero();
        assertThat(rows("{}\n[]\n", piece)).isZero();
        assertThat(rows(HEAD + "[1]\n", piece)).isEqualTo(1);
        assertThat(rows(HEAD + "[1]\n[2]\n[3]\n", piece)).isEqualTo(3);
        assertThat(rows(HEAD + "[1]\n[2]", piece)).isEqualTo(2);
        assertThat(rows(HEAD + "{\"id\":1}\n{\"id\":2}\n", piece)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"no more\"}",
                "{}\n{\"error\":\"no more\"}",
                HEAD + "{\"error\":\"no more\"}\n",
                HEAD + "[1]\n[2]\n{\"error\":\"no more\"}\n",
                HEAD + "[1]\n[2]\n{\"error\":\"no more\"}",
            })
    void findsAnErrorInWhateverLine(String answer) {
        assertThatThrownBy(() -> rows(answer, 5))
                .isInstanceOf(QueryErrorException.class)
                .hasMessageContaining("no more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"statement\":", "{}\n", "{}\n[\"id\"", HEAD + "[1]\n[2", HEAD + "["})
    void findsThatTheEndIsMissing(String answer) {
        assertThatThrownBy(() -> rows(answer, 5)).isInstanceOf(IncompleteResultException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "[1]\nnothing\n[2]\n",
                HEAD + "[1]\n\n[2]\n",
                HEAD + "[1, 2]\n",
                "{}\n[\"id\", \"name\"]\n[1, 2]\n",
                "{}\n[]\n[1]\n"
            })
    void findsWhatIsNoRow(String answer) {
        assertThatThrownBy(() -> rows(answer, 5)).isInstanceOf(MalformedRowException.class);
    }

    @Test
    void decodesNoMoreThanTheFirstRowOfTheUsualAnswer() throws IOException {
        byte[] bytes = (HEAD + "[1]\n".repeat(1_000_000)).getBytes(UTF_8);
        AnswerCheck check = new AnswerCheck();
        check.saw(bytes, 0, bytes.length);
        AtomicLong read = new AtomicLong();

        check.prove(
                new FilterInputStream(new ByteArrayInputStream(bytes)) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        int count = super.read(into, offset, length);
                        read.addAndGet(count);
                        return count;
                    }
                },
                ID);

        assertThat(check.rows()).isEqualTo(1_000_000);
        assertThat(read).hasValueLessThan(200_000);
    }
}
