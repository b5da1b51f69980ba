package ai.altertable.flink.quickstart;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Runs a script's statements one after the other: jobs with progress, results as tables. */
final class ScriptRun {

    private static final Pattern SET =
            Pattern.compile("SET\\s+'([^']+)'\\s*=\\s*'([^']*)'", Pattern.CASE_INSENSITIVE);

    private static final int MAX_ROWS = 20;

    /** Of datagen, when it shall end. */
    private static final Pattern BOUND = Pattern.compile("'number-of-rows' = '(\\d+)'");

    private static final String MODE = "execution.runtime-mode";

    /** An environment has one mode for ever, so there are two, which know the same tables. */
    private final TableEnvironment streaming;

    private final TableEnvironment batch;
    private TableEnvironment tables;
    private final JobProgress progress;
    private final PrintStream out;

    /**
     * @param terminal whether somebody is looking
     */
    ScriptRun(LocalFlink flink, PrintStream out, boolean terminal) {
        this.streaming = flink.tables(RuntimeExecutionMode.STREAMING);
        this.batch = flink.tables(RuntimeExecutionMode.BATCH);
        this.tables = streaming;
        this.progress = new JobProgress(new JobRows(flink.page(), this::boundOf), out, terminal);
        this.out = out;
    }

    void run(List<String> statements) throws Exception {
        for (String statement : statements) {
            out.println(statement.indent(2).stripTrailing());
            out.println();
            Matcher set = SET.matcher(statement);
            if (FlinkScript.verb(statement).startsWith("SET ") && set.find()) {
                set(set.group(1), set.group(2));
            } else if (isAboutTables(statement)) {
                streaming.executeSql(statement);
                batch.executeSql(statement);
            } else {
                show(tables.executeSql(statement));
            }
        }
    }

    private void set(String key, String value) {
        if (key.equals(MODE)) {
            tables = value.equalsIgnoreCase("batch") ? batch : streaming;
        } else {
            streaming.getConfig().set(key, value);
            batch.getConfig().set(key, value);
        }
    }

    private static boolean isAboutTables(String statement) {
        return FlinkScript.verb(statement).matches("(?s)(CREATE|DROP|ALTER|USE|LOAD|UNLOAD)\\s.*");
    }

    private void show(TableResult result) throws Exception {
        Optional<JobClient> job = result.getJobClient();
        boolean writes =
                job.isPresent()
                        && result.getResolvedSchema().getColumnNames().stream()
                                .allMatch(ScriptRun::isSink);
        if (writes) {
            progress.follow(job.get());
        } else if (result.getResultKind() == ResultKind.SUCCESS_WITH_CONTENT) {
            // What a job answers may have no end; what Flink tells of tables and plans has one.
            int most = job.isPresent() ? MAX_ROWS : Integer.MAX_VALUE;
            try (CloseableIterator<Row> rows = result.collect()) {
                List<String> names = result.getResolvedSchema().getColumnNames();
                out.println(TextTable.of(names, rows, most));
            }
        }
    }

    private OptionalLong boundOf(String table) {
        Row declared = streaming.executeSql("SHOW CREATE TABLE " + table).collect().next();
        Matcher bound = BOUND.matcher(String.valueOf(declared.getField(0)));
        return bound.find()
                ? OptionalLong.of(Long.parseLong(bound.group(1)))
                : OptionalLong.empty();
    }

    /** What an INSERT answers has a column for each table that it writes to, named in full. */
    private static boolean isSink(String column) {
        return column.startsWith("default_catalog.");
    }
}
