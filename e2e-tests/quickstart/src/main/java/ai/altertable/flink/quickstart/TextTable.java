package ai.altertable.flink.quickstart;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.types.Row;

/** Rows as a person reads them in a terminal. */
final class TextTable {

    private static final int MAX_ROWS = 20;
    private static final int MAX_WIDTH = 40;

    private TextTable() {}

    /** Lays out a result; of a long one, its beginning. */
    static String of(List<String> names, Iterator<Row> result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(names.stream().map(TextTable::cut).toList());
        long more = 0;
        while (result.hasNext()) {
            Row row = result.next();
            if (rows.size() <= MAX_ROWS) {
                rows.add(
                        IntStream.range(0, row.getArity())
                                .mapToObj(i -> cut(String.valueOf(row.getField(i))))
                                .toList());
            } else {
                more++;
            }
        }
        StringBuilder text = new StringBuilder();
        int[] widths = widths(rows);
        for (int i = 0; i < rows.size(); i++) {
            appendRow(text, rows.get(i), widths, ' ');
            if (i == 0) {
                appendRow(text, names.stream().map(n -> "").toList(), widths, '-');
            }
        }
        if (rows.size() == 1) {
            text.append("  (no rows)\n");
        }
        if (more > 0) {
            text.append("  ... and ").append(more).append(" more rows\n");
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
