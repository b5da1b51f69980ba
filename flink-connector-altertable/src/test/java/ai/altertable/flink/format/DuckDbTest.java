package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DuckDbTest {

    @Test
    void isReal() throws SQLException {
        try (DuckDb duck = new DuckDb()) {
            assertThat(duck.value("SELECT 40 + 2")).isEqualTo("42");
        }
    }
}
