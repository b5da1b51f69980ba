package ai.altertable.local.lake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the last word of a statement may go on: keywords, and the names of what is there. */
public final class Completions {

    private static final String CANDIDATES =
            """
            SELECT word, kind, min(score) AS score FROM (
                SELECT upper(keyword_name) AS word, 'keyword' AS kind, 3 AS score
                FROM duckdb_keywords()
                UNION ALL SELECT table_name, 'table', 1 FROM duckdb_tables()
                UNION ALL SELECT column_name, 'column', 2 FROM duckdb_columns() WHERE NOT internal
                UNION ALL SELECT schema_name, 'schema', 4 FROM duckdb_schemas() WHERE NOT internal
                UNION ALL SELECT database_name, 'catalog', 4 FROM duckdb_databases() WHERE NOT internal)
            WHERE starts_with(lower(word), lower(?))
            GROUP BY ALL ORDER BY score, word LIMIT ?\
            """;

    private Completions() {}

    /** A word that may stand instead of what begins at {@code start}. */
    public record Suggestion(String word, String kind, int start, int score) {}

    public static List<Suggestion> of(Connection connection, String statement, int limit)
            throws SQLException {
        int start = startOfLastWord(statement);
        List<Suggestion> suggestions = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(CANDIDATES)) {
            query.setString(1, statement.substring(start));
            query.setInt(2, limit);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    String word = result.getString(1);
                    String kind = result.getString(2);
                    boolean plain = kind.equals("keyword") || word.matches("[a-z_][a-z0-9_]*");
                    String text = plain ? word : Sql.identifier(word);
                    suggestions.add(new Suggestion(text, kind, start, result.getInt(3)));
                }
            }
        }
        return suggestions;
    }

    private static int startOfLastWord(String statement) {
        int start = statement.length();
        while (start > 0 && isWordPart(statement.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** How many suggestions are sent for so many asked for. */
    public static int limit(Optional<Integer> asked) {
        return asked.filter(n -> n > 0).map(n -> Math.min(n, 200)).orElse(20);
    }
}
