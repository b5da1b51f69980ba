package ai.altertable.flink.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the text of a type in {@code duckdb_columns()}, {@code information_schema.columns} or
 * {@code DESCRIBE}: {@code STRUCT("a b" INTEGER, c MAP(VARCHAR, DECIMAL(5,2)[]))}.
 */
final class DuckTypeParser {

    /** DuckDB reports canonical names; other servers and people write these. */
    private static final Map<String, String> ALIASES =
            Map.ofEntries(
                    Map.entry("BOOL", "BOOLEAN"),
                    Map.entry("INT", "INTEGER"),
                    Map.entry("INT1", "TINYINT"),
                    Map.entry("INT2", "SMALLINT"),
                    Map.entry("INT4", "INTEGER"),
                    Map.entry("INT8", "BIGINT"),
                    Map.entry("LONG", "BIGINT"),
                    Map.entry("REAL", "FLOAT"),
                    Map.entry("FLOAT4", "FLOAT"),
                    Map.entry("FLOAT8", "DOUBLE"),
                    Map.entry("STRING", "VARCHAR"),
                    Map.entry("TEXT", "VARCHAR"),
                    Map.entry("CHAR", "VARCHAR"),
                    Map.entry("BPCHAR", "VARCHAR"),
                    Map.entry("BYTEA", "BLOB"),
                    Map.entry("BINARY", "BLOB"),
                    Map.entry("VARBINARY", "BLOB"),
                    Map.entry("NUMERIC", "DECIMAL"),
                    Map.entry("DATETIME", "TIMESTAMP"),
                    Map.entry("TIMESTAMP_US", "TIMESTAMP"),
                    Map.entry("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"),
                    Map.entry("TIMETZ", "TIME WITH TIME ZONE"),
                    Map.entry("VARINT", "BIGNUM"));

    private static final String TIME_ZONE = " WITH TIME ZONE";

    private final String text;
    private int at;

    DuckTypeParser(String text) {
        this.text = text;
    }

    DuckType parse() {
        DuckType type = type();
        skipBlanks();
        if (at < text.length()) {
            throw unreadable();
        }
        return type;
    }

    private DuckType type() {
        skipBlanks();
        String name = word();
        if (text.regionMatches(true, at, TIME_ZONE, 0, TIME_ZONE.length())) {
            at += TIME_ZONE.length();
            name += TIME_ZONE;
        }
        DuckType type =
                switch (ALIASES.getOrDefault(name, name)) {
                    case "STRUCT" -> struct();
                    case "MAP" -> map();
                    case "DECIMAL" -> decimal();
                    default -> {
                        skipParameters();
                        yield new DuckType.Scalar(ALIASES.getOrDefault(name, name));
                    }
                };
        while (at < text.length() && text.charAt(at) == '[') {
            int end = text.indexOf(']', at);
            if (end < 0) {
                throw unreadable();
            }
            type = new DuckType.Sequence(type, end > at + 1);
            at = end + 1;
        }
        return type;
    }

    private DuckType struct() {
        expect('(');
        List<DuckType.Field> fields = new ArrayList<>();
        do {
            skipBlanks();
            String name = at < text.length() && text.charAt(at) == '"' ? quoted('"') : fieldName();
            fields.add(new DuckType.Field(name, type()));
        } while (another());
        return new DuckType.Struct(fields);
    }

    private DuckType map() {
        expect('(');
        DuckType key = type();
        expect(',');
        DuckType value = type();
        expect(')');
        return new DuckType.MapOf(key, value);
    }

    private DuckType decimal() {
        if (at >= text.length() || text.charAt(at) != '(') {
            return new DuckType.Decimal(18, 3);
        }
        expect('(');
        int precision = number();
        int scale = another() ? number() : 0;
        if (text.charAt(at - 1) != ')') {
            expect(')');
        }
        return new DuckType.Decimal(precision, scale);
    }

    /** After an element of a list in parentheses: true after a comma, false after the end. */
    private boolean another() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            return true;
        }
        expect(')');
        return false;
    }

    /** ENUM('a', 'b,)'), UNION("x" INTEGER): whatever stands between the parentheses. */
    private void skipParameters() {
        if (at >= text.length() || text.charAt(at) != '(') {
            return;
        }
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                quoted(c);
                continue;
            }
            at++;
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return;
            }
        }
        throw unreadable();
    }

    private String quoted(char quote) {
        StringBuilder name = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                name.append(quote);
                at++;
            } else {
                return name.toString();
            }
        }
        throw unreadable();
    }

    private String word() {
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at == begin) {
            throw unreadable();
        }
        return text.substring(begin, at).toUpperCase(Locale.ROOT);
    }

    /** Unlike a type's name it keeps its case. A STRUCT without names has none here. */
    private String fieldName() {
        int begin = at;
        word();
        if (at >= text.length() || text.charAt(at) != ' ') {
            throw unreadable();
        }
        return text.substring(begin, at);
    }

    private int number() {
        skipBlanks();
        int begin = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == begin || at - begin > 9) {
            throw unreadable();
        }
        return Integer.parseInt(text.substring(begin, at));
    }

    private void expect(char wanted) {
        skipBlanks();
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw unreadable();
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "not a type that DuckDB reports: " + text + " (at " + at + ")");
    }
}
