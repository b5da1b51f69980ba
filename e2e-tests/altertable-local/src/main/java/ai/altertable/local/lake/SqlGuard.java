package ai.altertable.local.lake;

import ai.altertable.local.lake.SqlScript.Kind;
import ai.altertable.local.lake.SqlScript.Statement;
import ai.altertable.local.lake.SqlScript.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses the statements by which a client could reach files, other databases, extensions or the
 * server's settings.
 *
 * <p>This is the inner of two doors. DuckDB itself runs with {@code enable_external_access=false}
 * and a locked configuration, which leaves only the server's own folders within reach; the guard
 * keeps clients out of those, and answers in plain words.
 */
public final class SqlGuard {

    private static final Set<String> REFUSED_VERBS =
            Set.of("COPY", "EXPORT", "IMPORT", "ATTACH", "DETACH", "INSTALL", "LOAD", "FORCE");

    private static final Set<String> FILE_FUNCTIONS =
            Set.of(
                    "glob",
                    "sniff_csv",
                    "query",
                    "query_table",
                    "json_execute_serialized_sql",
                    "seq_scan",
                    "arrow_scan",
                    "arrow_scan_dumb",
                    "pandas_scan",
                    "python_map_function",
                    "enable_logging",
                    "disable_logging",
                    "set_log_storage",
                    "write_log",
                    "enable_profile",
                    "enable_profiling",
                    "ducklake_add_data_files");

    private static final List<String> FILE_FUNCTION_PREFIXES =
            List.of("read_", "parquet_", "sqlite_", "postgres_", "mysql_");

    private static final Set<String> SETTINGS =
            Set.of("timezone", "variable", "schema", "search_path", "time");

    private static final Set<String> PRAGMAS =
            Set.of(
                    "table_info",
                    "show_tables",
                    "show_tables_expanded",
                    "show_databases",
                    "show",
                    "database_list",
                    "database_size",
                    "storage_info",
                    "metadata_info",
                    "collations",
                    "functions",
                    "version",
                    "platform",
                    "user_agent");

    /** DuckLake's own bookkeeping, which DuckDB shows as one more database. */
    private static final String BOOKKEEPING = "__ducklake_metadata_";

    private final List<String> ownFolders;

    /** {@code ownFolders} are names of folders that no text of a client may mention. */
    public SqlGuard(List<String> ownFolders) {
        this.ownFolders = List.copyOf(ownFolders);
    }

    /** Parses a script and refuses it as a whole when one statement must not run. */
    public List<Statement> check(String sql) throws BadRequest {
        if (sql.indexOf('\0') >= 0) {
            throw new BadRequest("Parser Error: the statement holds a NUL character");
        }
        List<Statement> statements = SqlScript.parse(sql);
        if (statements.isEmpty()) {
            throw new BadRequest("Parser Error: the statement is empty");
        }
        for (Statement statement : statements) {
            check(statement.tokens());
        }
        return statements;
    }

    private void check(List<Token> tokens) throws BadRequest {
        checkVerb(tokens, headOf(tokens));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean called = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol('(');
            if (called && isFileFunction(token)) {
                throw refused(token.value() + "()");
            }
            if (isBookkeeping(tokens, token)) {
                throw refused("DuckLake's own database");
            }
            if (token.kind() != Kind.WORD
                    && ownFolders.stream().anyMatch(token.value()::contains)) {
                throw refused("The path of a server's folder");
            }
        }
    }

    private static void checkVerb(List<Token> tokens, int head) throws BadRequest {
        if (head >= tokens.size() || tokens.get(head).kind() != Kind.WORD) {
            return;
        }
        String verb = tokens.get(head).value().toUpperCase(Locale.ROOT);
        String next = wordAt(tokens, head + 1);
        if (REFUSED_VERBS.contains(verb) && !next.equals("checkpoint")) {
            throw refused(verb);
        }
        switch (verb) {
            case "UPDATE" -> {
                if (next.equals("extensions")) {
                    throw refused("UPDATE EXTENSIONS");
                }
            }
            case "CREATE", "DROP", "ALTER" -> checkSecret(tokens, head, verb);
            case "SET", "RESET" -> checkSetting(tokens, head, verb);
            case "PRAGMA" -> {
                if (!PRAGMAS.contains(next)) {
                    throw refused("PRAGMA " + next);
                }
            }
            default -> {}
        }
    }

    /** {@code CREATE [OR REPLACE] [PERSISTENT | TEMPORARY] SECRET}. */
    private static void checkSecret(List<Token> tokens, int head, String verb) throws BadRequest {
        Set<String> between = Set.of("or", "replace", "persistent", "temporary", "temp");
        int at = head + 1;
        while (between.contains(wordAt(tokens, at))) {
            at++;
        }
        if (wordAt(tokens, at).equals("secret")) {
            throw refused(verb + " SECRET");
        }
    }

    private static void checkSetting(List<Token> tokens, int head, String verb) throws BadRequest {
        int at = head + 1;
        if (Set.of("session", "local", "global").contains(wordAt(tokens, at))) {
            at++;
        }
        if (!SETTINGS.contains(wordAt(tokens, at))) {
            throw refused(verb + " " + wordAt(tokens, at));
        }
    }

    /** The index of the statement's own verb, behind EXPLAIN and PREPARE. */
    private static int headOf(List<Token> tokens) {
        int at = skipOpening(tokens, 0);
        while (wordAt(tokens, at).equals("explain")) {
            at++;
            if (wordAt(tokens, at).equals("analyze")) {
                at++;
            }
            if (at < tokens.size() && tokens.get(at).isSymbol('(')) {
                at = behindBrackets(tokens, at);
            }
        }
        if (wordAt(tokens, at).equals("prepare")) {
            while (at < tokens.size() && !tokens.get(at).is("as")) {
                at++;
            }
            at++;
        }
        return skipOpening(tokens, at);
    }

    private static int skipOpening(List<Token> tokens, int from) {
        int at = from;
        while (at < tokens.size() && tokens.get(at).isSymbol('(')) {
            at++;
        }
        return at;
    }

    private static int behindBrackets(List<Token> tokens, int from) {
        int at = from;
        while (at < tokens.size() && !tokens.get(at).isSymbol(')')) {
            at++;
        }
        return at + 1;
    }

    private static boolean isFileFunction(Token token) {
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED_NAME) {
            return false;
        }
        String name = token.value().toLowerCase(Locale.ROOT);
        return FILE_FUNCTIONS.contains(name)
                || FILE_FUNCTION_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** As a name anywhere; as a text only where SET makes a name of it, for a row may hold it. */
    private static boolean isBookkeeping(List<Token> tokens, Token token) {
        return token.value().toLowerCase(Locale.ROOT).contains(BOOKKEEPING)
                && (token.kind() != Kind.TEXT || tokens.get(0).is("SET"));
    }

    private static String wordAt(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return "";
        }
        Token token = tokens.get(at);
        boolean named = token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_NAME;
        return named ? token.value().toLowerCase(Locale.ROOT) : "";
    }

    private static BadRequest refused(String what) {
        return new BadRequest(
                "Permission Error: "
                        + what
                        + " is not allowed: clients of this lakehouse have no access to files,"
                        + " extensions, other databases or its configuration");
    }
}
