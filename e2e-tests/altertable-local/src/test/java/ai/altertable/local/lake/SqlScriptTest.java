package ai.altertable.local.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlScriptTest {

    static Stream<Arguments> scripts() {
        return Stream.of(
                Arguments.of("SELECT 1", List.of("SELECT 1")),
                Arguments.of(" SELECT 1 ; ;\nSELECT 2; ", List.of("SELECT 1", "SELECT 2")),
                Arguments.of("SELECT ';' ; SELECT \";\"", List.of("SELECT ';'", "SELECT \";\"")),
                Arguments.of("SELECT 'it''s;' ; b", List.of("SELECT 'it''s;'", "b")),
                Arguments.of("SELECT E'\\';' ; b", List.of("SELECT E'\\';'", "b")),
                Arguments.of("SELECT $$;$$ ; b", List.of("SELECT $$;$$", "b")),
                Arguments.of("SELECT $a$;$$;$a$ ; b", List.of("SELECT $a$;$$;$a$", "b")),
                Arguments.of("SELECT $1 ; b", List.of("SELECT $1", "b")),
                Arguments.of("a -- ;\n b ; c", List.of("a -- ;\n b", "c")),
                Arguments.of("a /* ; /* ; */ ; */ b ; c", List.of("a /* ; /* ; */ ; */ b", "c")),
                Arguments.of("SELECT 'open ; end", List.of("SELECT 'open ; end")),
                Arguments.of("/* open ; end", List.of()),
                Arguments.of("SELECT '\ud83e\udd86;' ; b", List.of("SELECT '\ud83e\udd86;'", "b")),
                Arguments.of("", List.of()));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void cutsAtSemicolonsOutsideOfTextsAndComments(String script, List<String> statements) {
        assertThat(SqlScript.parse(script)).map(SqlScript.Statement::text).isEqualTo(statements);
    }

    @ParameterizedTest
    @CsvSource({
        "BEGIN, true, false",
        "/* now */ begin transaction, true, false",
        "START TRANSACTION, true, false",
        "COMMIT, false, true",
        "/* then */ end, false, true",
        "ROLLBACK, false, true",
        "abort, false, true",
        "SELECT 'COMMIT', false, false",
    })
    void knowsWhereATransactionBeginsAndEnds(String sql, boolean opens, boolean closes) {
        SqlScript.Statement statement = SqlScript.parse(sql).get(0);

        assertThat(statement.opensTransaction()).isEqualTo(opens);
        assertThat(statement.closesTransaction()).isEqualTo(closes);
    }
}
