package ai.altertable.local.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The statements of a script and their tokens, as DuckDB's lexer would cut them: enough to run
 * statements one by one and to see what they are about, without understanding them.
 */
public final class SqlScript {

    enum Kind {
        WORD,
        QUOTED_NAME,
        TEXT,
        OTHER
    }

    /** A token; {@code value} is without quotes. */
    record Token(Kind kind, String value) {

        boolean is(String keyword) {
            return kind == Kind.WORD && value.equalsIgnoreCase(keyword);
        }

        boolean isSymbol(char symbol) {
            return kind == Kind.OTHER && value.length() == 1 && value.charAt(0) == symbol;
        }
    }

    /** One statement, without its semicolon. */
    public record Statement(String text, List<Token> tokens) {

        /** Whether running it twice is as good as once; in doubt it is not. */
        public boolean onlyReads() {
            return READING_VERBS.contains(verb())
                    && tokens.stream()
                            .noneMatch(token -> WRITING_WORDS.stream().anyMatch(token::is));
        }

        public boolean opensTransaction() {
            return OPENING_VERBS.contains(verb());
        }

        public boolean closesTransaction() {
            return CLOSING_VERBS.contains(verb());
        }

        private String verb() {
            return tokens.stream()
                    .filter(token -> !token.isSymbol('('))
                    .findFirst()
                    .map(token -> token.value().toLowerCase(Locale.ROOT))
                    .orElse("");
        }
    }

    private static final Set<String> READING_VERBS = Set.of("select", "from", "with", "values");
    private static final Set<String> OPENING_VERBS = Set.of("begin", "start");
    private static final Set<String> CLOSING_VERBS = Set.of("commit", "end", "rollback", "abort");
    private static final Set<String> WRITING_WORDS =
            Set.of("insert", "update", "delete", "merge", "nextval");

    private final String sql;
    private final List<Statement> statements = new ArrayList<>();
    private List<Token> tokens = new ArrayList<>();
    private int statementStart;
    private int at;

    private SqlScript(String sql) {
        this.sql = sql;
    }

    /** Cuts a script into its statements; empty ones are left out. */
    public static List<Statement> parse(String sql) {
        SqlScript script = new SqlScript(sql);
        while (script.at < sql.length()) {
            script.next();
        }
        script.endStatement(sql.length());
        return script.statements;
    }

    private void next() {
        char c = sql.charAt(at);
        if (isBlank(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            skipLineComment();
        } else if (sql.startsWith("/*", at)) {
            skipBlockComment();
        } else if (c == ';') {
            endStatement(at);
            at++;
            statementStart = at;
        } else if (c == '\'') {
            quoted('\'', Kind.TEXT, false);
        } else if (c == '"') {
            quoted('"', Kind.QUOTED_NAME, false);
        } else if ((c == 'e' || c == 'E') && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
            at++;
            quoted('\'', Kind.TEXT, true);
        } else if (c == '$' && dollarTag() != null) {
            dollarQuoted(dollarTag());
        } else if (isWordStart(c)) {
            word();
        } else {
            tokens.add(new Token(Kind.OTHER, String.valueOf(c)));
            at++;
        }
    }

    private void endStatement(int end) {
        if (!tokens.isEmpty()) {
            statements.add(
                    new Statement(sql.substring(statementStart, end).strip(), List.copyOf(tokens)));
            tokens = new ArrayList<>();
        }
    }

    private void skipLineComment() {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
    }

    /** Block comments nest. */
    private void skipBlockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        at = Math.min(at, sql.length());
    }

    private void quoted(char quote, Kind kind, boolean backslashEscapes) {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (backslashEscapes && c == '\\' && at < sql.length()) {
                escaped(value);
            } else if (c != quote) {
                value.append(c);
            } else if (at < sql.length() && sql.charAt(at) == quote) {
                value.append(quote);
                at++;
            } else {
                break;
            }
        }
        tokens.add(new Token(kind, value.toString()));
    }

    /** What stands behind a backslash: {@code \\n}, {@code \\101}, {@code \\x41} and the like. */
    private void escaped(StringBuilder value) {
        char c = sql.charAt(at++);
        switch (c) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'x' -> code(value, c, 16, 2);
            case 'u' -> code(value, c, 16, 4);
            case 'U' -> code(value, c, 16, 8);
            default -> {
                if (Character.digit(c, 8) >= 0) {
                    at--;
                    code(value, c, 8, 3);
                } else {
                    value.append(c);
                }
            }
        }
    }

    /** A character by its number; {@code letter} stands for itself where no number follows. */
    private void code(StringBuilder value, char letter, int radix, int maxDigits) {
        int start = at;
        long code = 0;
        while (at < sql.length()
                && at - start < maxDigits
                && Character.digit(sql.charAt(at), radix) >= 0) {
            code = code * radix + Character.digit(sql.charAt(at++), radix);
        }
        if (at == start || !Character.isValidCodePoint((int) code)) {
            value.append(letter);
        } else {
            value.appendCodePoint((int) code);
        }
    }

    /** The {@code $tag$} that starts here, or null. */
    private String dollarTag() {
        int end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean closed = end < sql.length() && sql.charAt(end) == '$';
        boolean startsWithDigit = end > at + 1 && Character.isDigit(sql.charAt(at + 1));
        return closed && !startsWithDigit ? sql.substring(at, end + 1) : null;
    }

    private void dollarQuoted(String tag) {
        int start = at + tag.length();
        int end = sql.indexOf(tag, start);
        tokens.add(new Token(Kind.TEXT, sql.substring(start, end < 0 ? sql.length() : end)));
        at = end < 0 ? sql.length() : end + tag.length();
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        tokens.add(new Token(Kind.WORD, sql.substring(start, at)));
    }

    /** DuckDB takes Unicode's spaces and invisible marks for blanks, too. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isWordStart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || (c > 127 && !isBlank(c));
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || c == '$';
    }
}
