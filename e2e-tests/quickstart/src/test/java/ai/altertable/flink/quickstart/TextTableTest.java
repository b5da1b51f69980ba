package ai.altertable.flink.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void isAsWideAsItsValues() {
        List<Row> rows = List.of(Row.of(1, "one"), Row.of(1000, null));

        assertThat(TextTable.of(List.of("n", "name"), rows.iterator(), 20))
                .isEqualTo("  n     name\n  ----  ----\n  1     one\n  1000  null\n");
    }

    @Test
    void asksForNoMoreThanItShows() {
        Iterator<Row> endless = IntStream.iterate(0, n -> n + 1).mapToObj(Row::of).iterator();

        assertThat(TextTable.of(List.of("n"), endless, 20))
                .contains("  19\n")
                .endsWith("  ... and more: these are the first 20\n");
    }

    @Test
    void tellsHowRowsChangeOthers() {
        List<Row> rows =
                List.of(Row.ofKind(RowKind.INSERT, 1), Row.ofKind(RowKind.UPDATE_AFTER, 2));

        assertThat(TextTable.of(List.of("n"), rows.iterator(), 20))
                .isEqualTo("  op  n\n  --  -\n  +I  1\n  +U  2\n");
    }

    @Test
    void leavesAPlanAsItIs() {
        List<Row> plan =
                List.of(Row.of("== Plan ==\nScan\n+- a long line that is not cut off anywhere"));

        assertThat(TextTable.of(List.of("result"), plan.iterator(), 20))
                .isEqualTo("  == Plan ==\n  Scan\n  +- a long line that is not cut off anywhere\n");
    }

    @Test
    void saysThatThereAreNoRows() {
        assertThat(TextTable.of(List.of("n"), List.<Row>of().iterator(), 20))
                .isEqualTo("  n\n  -\n  (no rows)\n");
    }
}
