package ai.altertable.flink.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Rows as a person reads them in a terminal. */
final class TextTable {

    private static final int MAX_ROWS = 20;
    private static final int MAX_WIDTH = 40;

    private TextTable() {}

    /** Lays out a result: its first line names the columns, the others are rows. */
    static String of(List<JsonNode> result) {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        result.get(0).forEach(column -> names.add(cut(column.path("name").asText())));
        rows.add(names);
        int shown = Math.min(result.size(), MAX_ROWS + 1);
        for (JsonNode line : result.subList(1, shown)) {
            List<String> row = new ArrayList<>();
            line.forEach(
                    value -> row.add(cut(value.isTextual() ? value.asText() : value.toString())));
            rows.add(row);
        }
        StringBuilder text = new StringBuilder();
        int[] widths = widths(rows);
        for (int i = 0; i < rows.size(); i++) {
            appendRow(text, rows.get(i), widths);
            if (i == 0) {
                appendRow(text, names.stream().map(n -> "").toList(), widths, '-');
            }
        }
        if (result.size() > shown) {
            text.append("  ... and ").append(result.size() - shown).append(" more rows\n");
        }
        return text.toString();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static void appendRow(StringBuilder text, List<String> row, int[] widths) {
        appendRow(text, row, widths, ' ');
    }

    private static void appendRow(StringBuilder text, List<String> row, int[] widths, char fill) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append("  ").append(row.get(i));
            line.append(String.valueOf(fill).repeat(widths[i] - row.get(i).length()));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_WIDTH ? line : line.substring(0, MAX_WIDTH - 1) + "…";
    }
}
