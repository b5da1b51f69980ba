package ai.altertable.flink.format;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/** Answers to queries, made and read. */
final class Answers {

    private Answers() {}

    /** Random, or the one that a failure named: {@code -Dseed=…}. */
    static long seed() {
        return Long.getLong("seed", new Random().nextLong());
    }

    /** A type as SQL writes it. */
    static LogicalType type(String sql) {
        return LogicalTypeParser.parse(sql, Answers.class.getClassLoader());
    }

    /** Rows of one column, {@code c}. */
    static RowType row(String sqlType) {
        return RowType.of(new LogicalType[] {type(sqlType)}, new String[] {"c"});
    }

    static String columns(RowType type) {
        return type.getFieldNames().stream()
                .map(name -> "{\"name\":\"" + name + "\",\"type\":\"VARCHAR\"}")
                .collect(Collectors.joining(",", "[", "]\n"));
    }

    /** The answer with these lines of rows, each ended by a line feed. */
    static byte[] answer(RowType type, List<String> lines) {
        StringBuilder answer = new StringBuilder("{\"statement\":\"SELECT\"}\n");
        answer.append(columns(type));
        lines.forEach(line -> answer.append(line).append('\n'));
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As Flink's own serializer puts it; two such rows are equal if all their bytes are. */
    static RowData binary(RowType type, RowData row) {
        return new RowDataSerializer(type).toBinaryRow(row).copy();
    }

    static List<RowData> read(RowType type, byte[] answer) throws IOException {
        return readAll(new RowDecoder(type).rows(new ByteArrayInputStream(answer)));
    }

    static List<RowData> readAll(QueryRows rows) throws IOException {
        List<RowData> all = new ArrayList<>();
        for (RowData row = rows.next(); row != null; row = rows.next()) {
            all.add(row);
        }
        return all;
    }

    /** A stream that gives pieces of random sizes, as a network does. */
    static InputStream inPieces(byte[] answer, Random random, int maxPiece) {
        return new FilterInputStream(new ByteArrayInputStream(answer)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(maxPiece)));
            }
        };
    }
}
