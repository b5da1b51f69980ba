package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContenderTest {

    @Test
    void areThoseThatArgumentsName() {
        String[] arguments = {"1000", "3", "jdbc-table", "ours"};

        assertThat(Contender.of(SourceContender.class, arguments, 2))
                .containsExactly(SourceContender.JDBC_TABLE, SourceContender.OURS);
    }

    @Test
    void areAllIfNoneIsNamed() {
        assertThat(Contender.of(SinkContender.class, new String[] {"1000"}, 3))
                .containsExactly(SinkContender.values());
    }
}
