package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the planner makes of the sink. Nothing runs and nobody is asked, so the same class runs on
 * each supported version of Flink.
 */
class SinkPlanITCase {

    private TableEnvironment tables;

    @BeforeEach
    void declare() {
        tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.executeSql(
                "CREATE TABLE clicks (id BIGINT, who STRING, n INT)"
                        + " WITH ('connector' = 'datagen')");
        declareSink("keyed", "id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED", "");
        declareSink("plain", "id BIGINT, n BIGINT", "");
    }

    private void declareSink(String name, String columns, String options) {
        tables.executeSql(
                "CREATE TABLE "
                        + name
                        + " ("
                        + columns
                        + ") WITH ('connector' = 'altertable', 'catalog' = 'lake', 'table' = 't',"
                        + " 'username' = 'u', 'password' = 'p'"
                        + options
                        + ")");
    }

    private String plan(String statement) {
        return tables.explainSql(statement, ExplainDetail.CHANGELOG_MODE);
    }

    @Test
    void anAppendOnlyQueryIntoATableWithAKeyIsOnlyInserts() {
        String plan = plan("INSERT INTO keyed SELECT id, CAST(n AS BIGINT) FROM clicks");

        assertThat(plan)
                .contains("Sink(table=[default_catalog.default_database.keyed]")
                .contains("changelogMode=[I]")
                .doesNotContain("upsertMaterialize=[true]")
                .doesNotContain("UA");
    }

    @Test
    void anAppendOnlyQueryIntoATableWithoutAKeyIsOnlyInserts() {
        assertThat(plan("INSERT INTO plain SELECT id, CAST(n AS BIGINT) FROM clicks"))
                .contains("changelogMode=[I]")
                .doesNotContain("UA");
    }

    @Test
    void aChangelogByTheKeyOfTheTableComesWithoutItsOldRows() {
        String plan = plan("INSERT INTO keyed SELECT id, COUNT(*) FROM clicks GROUP BY id");

        assertThat(plan)
                .contains("changelogMode=[I,UA]")
                .doesNotContain("upsertMaterialize=[true]")
                .doesNotContain("changelogMode=[I,UB,UA");
    }

    /** Flink 2.3 does not do it unasked. */
    @Test
    void aChangelogByAnotherKeyIsBroughtInOrder() {
        String insert =
                "INSERT INTO keyed SELECT CAST(MAX(n) AS BIGINT), COUNT(*) FROM clicks GROUP BY id";
        String asked = insert;
        if (EnvironmentInformation.getVersion().startsWith("2.3")) {
            assertThatThrownBy(() -> plan(insert)).hasStackTraceContaining("ON CONFLICT");
            asked = insert + " ON CONFLICT DO DEDUPLICATE";
        }
        assertThat(plan(asked)).contains("upsertMaterialize=[true]");
    }

    @Test
    void anAppendOnlySinkRefusesUpdatesAndNamesTheOption() {
        assertThatThrownBy(
                        () -> plan("INSERT INTO plain SELECT id, COUNT(*) FROM clicks GROUP BY id"))
                .hasStackTraceContaining("lake.main.t")
                .hasStackTraceContaining("PRIMARY KEY")
                .hasStackTraceContaining("'sink.write-mode'");
    }

    @Test
    void aTableWithAKeyCanBeAppendedTo() {
        declareSink(
                "appended",
                "id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED",
                ", 'sink.write-mode' = 'append'");

        assertThat(plan("INSERT INTO appended SELECT id, CAST(n AS BIGINT) FROM clicks"))
                .contains("changelogMode=[I]");
        assertThatThrownBy(
                        () ->
                                plan(
                                        "INSERT INTO appended SELECT id, COUNT(*) FROM clicks GROUP"
                                                + " BY id"))
                .hasStackTraceContaining("'sink.write-mode'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sink.delivery-guarantee' = 'exactly-once'|exactly-once",
                "'sink.delete-mode' = 'soft'|sink.delete-column",
                "'sink.on-error' = 'dead-letter'|sink.dead-letter-table",
                "'sink.cursor-field' = 'nothing'|nothing",
                "'sink.buffer-flush.max-rows' = '0'|sink.buffer-flush.max-rows",
                "'sink.wright-mode' = 'append'|sink.wright-mode",
            })
    void optionsAreCheckedBeforeAnythingRuns(String optionAndWord) {
        String[] parts = optionAndWord.split("\\|");
        declareSink("wrong", "id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED", ", " + parts[0]);

        assertThatThrownBy(() -> plan("INSERT INTO wrong SELECT id, CAST(n AS BIGINT) FROM clicks"))
                .hasStackTraceContaining(parts[1]);
    }

    @Test
    void aKeyMustHaveAReliableEquality() {
        declareSink("wrong", "id DOUBLE, n BIGINT, PRIMARY KEY (id) NOT ENFORCED", "");

        assertThatThrownBy(
                        () ->
                                plan(
                                        "INSERT INTO wrong SELECT CAST(id AS DOUBLE), CAST(n AS"
                                                + " BIGINT) FROM clicks"))
                .hasStackTraceContaining("id: DOUBLE NOT NULL cannot be a key");
    }

    /** The keys of Flink's own asynchronous sinks are understood as well. */
    @Test
    void theKeysOfFlinksAsynchronousSinksAreUnderstood() {
        declareSink(
                "tuned",
                "id BIGINT, n BIGINT",
                ", 'sink.batch.max-size' = '1000', 'sink.flush-buffer.size' = '1048576',"
                        + " 'sink.flush-buffer.timeout' = '1000'");

        assertThat(plan("INSERT INTO tuned SELECT id, CAST(n AS BIGINT) FROM clicks"))
                .contains("Sink(");
    }
}
