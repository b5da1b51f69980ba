package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineitemTest {

    @Test
    void theSameSeedGivesTheSameRows() {
        assertThat(Lineitem.rows(1_000, 7)).isEqualTo(Lineitem.rows(1_000, 7));
        assertThat(Lineitem.rows(1_000, 7)).isNotEqualTo(Lineitem.rows(1_000, 8));
    }

    @Test
    void aRowHasOneValueForEachColumn() {
        assertThat(Lineitem.TYPE.getFieldCount()).isEqualTo(16);
        assertThat(Lineitem.rows(10, 7)).allMatch(row -> row.getArity() == 16);
    }
}
