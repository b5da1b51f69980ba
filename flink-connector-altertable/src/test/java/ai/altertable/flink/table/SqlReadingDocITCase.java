package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;

/** What docs/sql-reading.md shows runs as it stands there. */
class SqlReadingDocITCase {

    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- run -->\n```sql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SETTING = Pattern.compile("SET '(.*)' = '(.*)'");

    @Test
    void everyExampleRuns() throws Exception {
        try (TableLake lake = new TableLake()) {
            lake.lake.execute(
                    "CREATE TABLE lake.main.orders AS SELECT i AS order_id, 'Ada' AS customer,"
                            + " i::INTEGER AS quantity, TIMESTAMP '2026-11-21' AS placed"
                            + " FROM range(20) r(i)",
                    "CREATE TABLE lake.main.payments AS"
                            + " SELECT order_id, 1.5::DECIMAL(10, 2) AS amount"
                            + " FROM lake.main.orders");
            StreamTableEnvironment tables = TableLake.batch(1);
            List<String> answers = new ArrayList<>();

            for (String statement : statements(lake)) {
                Matcher setting = SETTING.matcher(statement);
                if (setting.matches()) {
                    tables.getConfig().set(setting.group(1), setting.group(2));
                } else if (statement.startsWith("SELECT")) {
                    answers.addAll(TableLake.rows(tables, statement));
                } else {
                    tables.executeSql(statement);
                }
            }

            assertThat(answers)
                    .containsExactly(
                            "+I[Ada, 10, 2026-11-21T00:00]", "+I[2026-11-21, 20]", "+I[30.00, 20]");
        }
    }

    private static List<String> statements(TableLake lake) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "sql-reading.md"));
        List<String> statements = new ArrayList<>();
        EXAMPLE.matcher(page)
                .results()
                .flatMap(example -> List.of(example.group(1).split(";\n")).stream())
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .map(
                        statement ->
                                statement
                                        .replace(
                                                "https://api.altertable.ai",
                                                lake.lake.url().toString())
                                        .replace("'me'", "'" + lake.lake.username() + "'")
                                        .replace("'secret'", "'" + lake.lake.password() + "'"))
                .forEach(statements::add);
        return statements;
    }
}
