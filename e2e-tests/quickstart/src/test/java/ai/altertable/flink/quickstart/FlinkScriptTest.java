package ai.altertable.flink.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlinkScriptTest {

    @Test
    void isCutAtSemicolons() {
        assertThat(FlinkScript.parse("SELECT 1; SELECT 2;\n;"))
                .containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void isNotCutWithinQuotesAndComments() {
        String one = "SELECT 'it''s; one' AS `a;b` -- no; end\n FROM t /* ; */";

        assertThat(FlinkScript.parse(one + "; SELECT 2")).containsExactly(one, "SELECT 2");
    }

    @Test
    void keepsAStatementSetTogether() {
        String set =
                "-- both\n"
                    + "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2;"
                    + " END";

        assertThat(FlinkScript.parse(set + ";SELECT 3;")).containsExactly(set, "SELECT 3");
    }

    @Test
    void hasNoStatementOfCommentsAlone() {
        assertThat(FlinkScript.parse("-- nothing\n/* here */")).isEmpty();
        assertThat(FlinkScript.parse("SELECT 1; -- the end")).containsExactly("SELECT 1");
    }
}
