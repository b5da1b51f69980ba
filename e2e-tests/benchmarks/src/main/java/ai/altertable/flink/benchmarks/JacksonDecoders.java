package ai.altertable.flink.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** How one would read the rows of an answer to {@link Lineitem} with Jackson and java.time. */
final class JacksonDecoders {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectReader TREE = new ObjectMapper().reader();

    private static final LogicalTypeRoot[] TYPES =
            Lineitem.TYPE.getChildren().stream()
                    .map(type -> type.getTypeRoot())
                    .toArray(LogicalTypeRoot[]::new);

    private JacksonDecoders() {}

    /** Token by token, one parser for the whole answer. */
    static void streaming(byte[] answer, Consumer<RowData> rows) throws IOException {
        try (JsonParser parser = JSON.createParser(answer)) {
            parser.nextToken();
            parser.skipChildren();
            parser.nextToken();
            parser.skipChildren();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                GenericRowData row = new GenericRowData(TYPES.length);
                for (int i = 0; i < TYPES.length; i++) {
                    if (parser.nextToken() != JsonToken.VALUE_NULL) {
                        row.setField(i, value(parser, TYPES[i]));
                    }
                }
                if (parser.nextToken() != JsonToken.END_ARRAY) {
                    throw new IOException("too many values");
                }
                rows.accept(row);
            }
        }
    }

    private static Object value(JsonParser parser, LogicalTypeRoot type) throws IOException {
        return switch (type) {
            case BIGINT -> parser.getLongValue();
            case INTEGER -> parser.getIntValue();
            case DECIMAL -> decimal(parser.getText());
            case DATE -> (int) LocalDate.parse(parser.getText()).toEpochDay();
            default -> StringData.fromString(parser.getText());
        };
    }

    /** Line by line into a tree, as one writes it first. */
    static void tree(byte[] answer, Consumer<RowData> rows) throws IOException {
        int start = 0;
        for (int line = 1; start < answer.length; line++) {
            int end = start;
            while (answer[end] != '\n') {
                end++;
            }
            if (line > 2) {
                JsonNode node = TREE.readTree(answer, start, end - start);
                GenericRowData row = new GenericRowData(TYPES.length);
                for (int i = 0; i < TYPES.length; i++) {
                    if (!node.get(i).isNull()) {
                        row.setField(i, value(node.get(i), TYPES[i]));
                    }
                }
                rows.accept(row);
            }
            start = end + 1;
        }
    }

    private static Object value(JsonNode node, LogicalTypeRoot type) {
        return switch (type) {
            case BIGINT -> node.longValue();
            case INTEGER -> node.intValue();
            case DECIMAL -> decimal(node.textValue());
            case DATE -> (int) LocalDate.parse(node.textValue()).toEpochDay();
            default -> StringData.fromString(node.textValue());
        };
    }

    private static DecimalData decimal(String text) {
        return DecimalData.fromBigDecimal(new BigDecimal(text), 15, 2);
    }
}
