package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All but those that need a PostgreSQL. */
class SourceJobTest {

    private static final int ROWS = 1_000;

    private static SourceServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new SourceServers(Optional.empty());
        servers.load(ROWS);
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "JDBC.*")
    void readsEveryRow(SourceContender contender) throws Exception {
        SourceJob.run(contender, servers.url(contender.from()).orElseThrow(), ROWS);

        assertThat(CountedRows.count()).isEqualTo(ROWS);
    }

    @Test
    void isNoMeasurementIfRowsAreMissing() {
        String url = servers.url(SourceContender.From.MEMORY).orElseThrow();

        assertThatThrownBy(() -> SourceJob.run(SourceContender.OURS, url, ROWS + 1))
                .hasMessage("ours read 1000 rows, not 1001");
    }

    @Test
    void jdbcIsLeftOutWithoutAPostgres() {
        assertThat(servers.url(SourceContender.From.POSTGRES)).isEmpty();
    }
}
