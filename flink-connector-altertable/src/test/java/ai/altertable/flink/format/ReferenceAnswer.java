package ai.altertable.flink.format;

import static ai.altertable.flink.format.ReferenceDecoder.require;

import ai.altertable.flink.format.ReferenceJson.Array;
import ai.altertable.flink.format.ReferenceJson.Literal;
import ai.altertable.flink.format.ReferenceJson.Obj;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** What an answer must be read as, decided line by line on text: rows, and whether it failed. */
record ReferenceAnswer(List<RowData> rows, boolean failed) {

    static ReferenceAnswer of(byte[] answer, RowType type) {
        List<RowData> rows = new ArrayList<>();
        try {
            read(answer, type, rows);
            return new ReferenceAnswer(rows, false);
        } catch (IOException | RuntimeException e) {
            return new ReferenceAnswer(rows, true);
        }
    }

    private static void read(byte[] answer, RowType type, List<RowData> rows) throws IOException {
        int start = 0;
        boolean hasColumns = false;
        int number = 0;
        while (start < answer.length) {
            int end = start;
            while (end < answer.length && answer[end] != '\n') {
                end++;
            }
            ReferenceJson line = ReferenceJson.parse(text(answer, start, end));
            number++;
            require(!isError(line, type, number));
            if (number == 1) {
                require(line instanceof Obj);
            } else if (number == 2) {
                int columns = columns((Array) line);
                hasColumns = columns == type.getFieldCount();
                require(hasColumns || columns == 0);
            } else {
                require(hasColumns);
                rows.add(Answers.binary(type, ReferenceDecoder.row(line, type)));
            }
            start = end + 1;
        }
        require(number >= 2);
    }

    private static String text(byte[] answer, int start, int end) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(answer, start, end - start))
                .toString();
    }

    private static boolean isError(ReferenceJson line, RowType type, int number) {
        if (!(line instanceof Obj object) || !object.names().contains("error")) {
            return false;
        }
        boolean isNull =
                object.values()
                        .get(object.names().indexOf("error"))
                        .equals(new Literal("null", false));
        return number == 1
                ? !isNull
                : number == 2
                        || object.names().size() == 1
                        || !type.getFieldNames().contains("error");
    }

    private static int columns(Array line) {
        int fields = line.values().size();
        for (ReferenceJson column : line.values()) {
            if (column instanceof Obj object) {
                boolean named = false;
                for (int i = 0; i < object.names().size(); i++) {
                    named |=
                            object.names().get(i).equals("name")
                                    && object.values().get(i) instanceof Literal name
                                    && name.quoted();
                }
                require(named);
            } else {
                require(((Literal) column).quoted());
            }
        }
        return fields;
    }
}
