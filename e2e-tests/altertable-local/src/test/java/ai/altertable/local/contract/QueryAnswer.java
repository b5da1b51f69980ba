package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code /query}, read by the rules of CONTRACT §1 and §2 for any server of the
 * contract: line 2 with types or with names only, rows as arrays or as objects, a failure as a
 * status or as a line.
 *
 * @param types empty when the server sends names only
 * @param rows each row as the compact text of a JSON array
 */
record QueryAnswer(
        Answer answer,
        List<String> columns,
        List<String> types,
        List<String> rows,
        Optional<String> error) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    static QueryAnswer of(Answer answer) {
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        if (answer.status() != 200) {
            return new QueryAnswer(answer, columns, types, rows, Optional.of(answer.body()));
        }
        String[] lines = answer.body().split("\n");
        assertThat(parse(lines[0]).isObject()).as("line 1 is an object: %s", lines[0]).isTrue();
        assertThat(lines).as("line 2 exists after: %s", lines[0]).hasSizeGreaterThan(1);
        for (int i = 1; i < lines.length; i++) {
            JsonNode line = parse(lines[i]);
            if (isError(line, columns)) {
                assertThat(i).as("an error is the last line").isEqualTo(lines.length - 1);
                Optional<String> error = Optional.of(line.get("error").asText());
                return new QueryAnswer(answer, columns, types, rows, error);
            }
            if (i == 1) {
                readColumns(line, columns, types);
            } else {
                rows.add(readRow(line, columns).toString());
            }
        }
        return new QueryAnswer(answer, columns, types, rows, Optional.empty());
    }

    static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not a line of JSON: " + line, e);
        }
    }

    private static boolean isError(JsonNode line, List<String> columns) {
        return line.isObject() && line.path("error").isTextual() && !columns.contains("error");
    }

    private static void readColumns(JsonNode line, List<String> columns, List<String> types) {
        assertThat(line.isArray()).as("line 2 is an array: %s", line).isTrue();
        for (JsonNode column : line) {
            if (column.isTextual()) {
                columns.add(column.asText());
            } else {
                columns.add(column.get("name").asText());
                types.add(column.get("type").asText());
            }
        }
    }

    private static ArrayNode readRow(JsonNode line, List<String> columns) {
        ArrayNode row = MAPPER.createArrayNode();
        assertThat(line.isContainerNode()).as("a row: %s", line).isTrue();
        line.forEach(row::add);
        assertThat(row.size()).as("columns of the row %s", line).isEqualTo(columns.size());
        return row;
    }

    QueryAnswer mustSucceed() {
        assertThat(error).as("failure of the query").isEmpty();
        return this;
    }

    /** Failed, and in one of the two ways that are the client's fault; gives the message. */
    String mustFail() {
        assertThat(error).as("failure, instead of the rows %s", rows).isPresent();
        assertThat(answer.status()).as("status of: %s", error.get()).isIn(200, 400);
        assertThat(error.get()).as("message").isNotBlank();
        return error.get();
    }

    boolean failed() {
        return error.isPresent();
    }
}
