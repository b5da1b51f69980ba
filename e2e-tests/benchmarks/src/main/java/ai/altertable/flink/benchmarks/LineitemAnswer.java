package ai.altertable.flink.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;

/**
 * What {@code /query} answers when {@link Lineitem} is selected as the source does it: decimals as
 * text, the rest as it is.
 */
final class LineitemAnswer {

    private LineitemAnswer() {}

    static byte[] of(RowData[] rows) {
        StringBuilder answer = new StringBuilder("{\"statement\":\"SELECT …\"}\n");
        answer.append(
                Lineitem.TYPE.getFieldNames().stream()
                        .map(name -> "{\"name\":\"" + name + "\",\"type\":\"VARCHAR\"}")
                        .collect(Collectors.joining(",", "[", "]\n")));
        for (RowData row : rows) {
            for (int i = 0; i < row.getArity(); i++) {
                answer.append(i == 0 ? '[' : ',');
                put(answer, row, i);
            }
            answer.append("]\n");
        }
        return answer.toString().getBytes(UTF_8);
    }

    private static void put(StringBuilder answer, RowData row, int i) {
        switch (Lineitem.TYPE.getTypeAt(i).getTypeRoot()) {
            case BIGINT -> answer.append(row.getLong(i));
            case INTEGER -> answer.append(row.getInt(i));
            case DECIMAL -> answer.append('"').append(row.getDecimal(i, 15, 2)).append('"');
            case DATE -> answer.append('"').append(LocalDate.ofEpochDay(row.getInt(i))).append('"');
            default ->
                    answer.append('"')
                            .append(
                                    JsonStringEncoder.getInstance()
                                            .quoteAsString(row.getString(i).toString()))
                            .append('"');
        }
    }
}
