package ai.altertable.flink.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The statements of a script in Flink's SQL. A semicolon inside quotes, comments or a statement set
 * ends nothing.
 */
final class FlinkScript {

    private final String sql;
    private final List<String> statements = new ArrayList<>();
    private int at;
    private int start;

    private FlinkScript(String sql) {
        this.sql = sql;
    }

    static List<String> parse(String sql) {
        FlinkScript script = new FlinkScript(sql);
        while (script.at < sql.length()) {
            script.step();
        }
        script.end();
        return script.statements;
    }

    /** A statement without the comments before it, in upper case: to see what it is. */
    static String verb(String statement) {
        String rest = statement.strip();
        while (rest.startsWith("--") || rest.startsWith("/*")) {
            String close = rest.startsWith("--") ? "\n" : "*/";
            int end = rest.indexOf(close);
            rest = end < 0 ? "" : rest.substring(end + close.length()).strip();
        }
        return rest.toUpperCase(Locale.ROOT);
    }

    private void step() {
        char c = sql.charAt(at);
        if (sql.startsWith("--", at)) {
            skipBehind("\n", 2);
        } else if (sql.startsWith("/*", at)) {
            skipBehind("*/", 2);
        } else if (c == '\'' || c == '`' || c == '"') {
            // A doubled quote ends one text and begins the next.
            skipBehind(String.valueOf(c), 1);
        } else if (c == ';') {
            if (!isInStatementSet()) {
                end();
                start = at + 1;
            }
            at++;
        } else {
            at++;
        }
    }

    private void skipBehind(String close, int from) {
        int end = sql.indexOf(close, at + from);
        at = end < 0 ? sql.length() : end + close.length();
    }

    private boolean isInStatementSet() {
        String soFar = verb(sql.substring(start, at)).replaceAll("\\s+", " ");
        return soFar.startsWith("EXECUTE STATEMENT SET BEGIN") && !soFar.endsWith(" END");
    }

    private void end() {
        String statement = sql.substring(start, at).strip();
        if (!verb(statement).isEmpty()) {
            statements.add(statement);
        }
    }
}
