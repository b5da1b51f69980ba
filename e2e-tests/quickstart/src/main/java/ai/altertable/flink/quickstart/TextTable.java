package ai.altertable.flink.quickstart;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Rows as a person reads them in a terminal. */
final class TextTable {

    private static final int MAX_WIDTH = 40;

    private TextTable() {}

    /**
     * Lays out a result; of a long one, its beginning, and no more is asked for: it may have no
     * end. Where rows change others, a column before theirs tells how, as Flink's client does it.
     */
    static String of(List<String> names, Iterator<Row> result, int most) {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < most && result.hasNext()) {
            rows.add(result.next());
        }
        if (isText(rows)) {
            return String.valueOf(rows.get(0).getField(0)).indent(2);
        }
        boolean changes = rows.stream().anyMatch(row -> row.getKind() != RowKind.INSERT);
        List<List<String>> lines = new ArrayList<>();
        lines.add(line(changes, "op", names.stream()));
        for (Row row : rows) {
            Stream<String> values =
                    IntStream.range(0, row.getArity())
                            .mapToObj(i -> String.valueOf(row.getField(i)));
            lines.add(line(changes, row.getKind().shortString(), values));
        }
        StringBuilder text = new StringBuilder();
        int[] widths = widths(lines);
        for (int i = 0; i < lines.size(); i++) {
            appendRow(text, lines.get(i), widths, ' ');
            if (i == 0) {
                appendRow(text, lines.get(0).stream().map(name -> "").toList(), widths, '-');
            }
        }
        if (rows.isEmpty()) {
            text.append("  (no rows)\n");
        }
        if (rows.size() == most && result.hasNext()) {
            text.append("  ... and more: these are the first ").append(most).append('\n');
        }
        return text.toString();
    }

    /** A plan, or a statement: one value of several lines. */
    private static boolean isText(List<Row> rows) {
        return rows.size() == 1
                && rows.get(0).getArity() == 1
                && String.valueOf(rows.get(0).getField(0)).contains("\n");
    }

    private static List<String> line(boolean changes, String op, Stream<String> values) {
        return Stream.concat(changes ? Stream.of(op) : Stream.empty(), values)
                .map(TextTable::cut)
                .toList();
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
