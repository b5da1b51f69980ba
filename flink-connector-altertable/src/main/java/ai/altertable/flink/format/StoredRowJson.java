package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The one row of a Parquet chunk as JSON, for people: nothing is refused, whatever the server found
 * wrong with it. It looks as {@link JsonlEncoder} writes rows; bytes are hexadecimal, and a map
 * whose keys have parts is a list of {@code {"key": …, "value": …}}.
 */
final class StoredRowJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final StringWriter text = new StringWriter();
    private final JsonGenerator out;
    private final StoredColumn[] columns;
    private final boolean[] hasEntry;

    /** The column that is due. */
    private int at;

    private StoredRowJson(StoredFile file, ParquetRow row) throws IOException {
        out = JSON.createGenerator(text);
        columns = new StoredColumn[row.columns().size()];
        hasEntry = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = file.column(i, row.columns().get(i).leaf());
            hasEntry[i] = columns[i].next();
        }
    }

    static String of(StoredFile file, ColumnBinding binding) throws IOException {
        StoredRowJson json = new StoredRowJson(file, new ParquetRow(binding));
        json.fields(binding.columns(), 0, 0);
        json.out.close();
        return json.text.toString();
    }

    private void fields(RowType row, int definition, int lists) throws IOException {
        out.writeStartObject();
        for (RowType.RowField field : row.getFields()) {
            out.writeFieldName(field.getName());
            optional(field.getType(), definition, lists);
        }
        out.writeEndObject();
    }

    /**
     * @param above the definition level that says that all above the value is there
     * @param lists how many lists the value is in
     */
    private void optional(LogicalType type, int above, int lists) throws IOException {
        if (columns[at].definition() == above) {
            skip(type);
            out.writeNull();
        } else {
            present(type, above + 1, lists);
        }
    }

    private void present(LogicalType type, int definition, int lists) throws IOException {
        switch (type.getTypeRoot()) {
            case ARRAY -> list((ArrayType) type, definition, lists);
            case MAP -> {
                MapType map = (MapType) type;
                map(type, map.getKeyType(), map.getValueType(), definition, lists);
            }
            case MULTISET -> {
                LogicalType element = ((MultisetType) type).getElementType();
                map(type, element, new IntType(), definition, lists);
            }
            case ROW -> fields((RowType) type, definition, lists);
            default -> {
                String scalar = scalar(type);
                if (isBare(type, scalar)) {
                    out.writeRawValue(scalar);
                } else {
                    out.writeString(scalar);
                }
            }
        }
    }

    private void list(ArrayType type, int definition, int lists) throws IOException {
        out.writeStartArray();
        int first = at;
        if (columns[first].definition() == definition) {
            skip(type);
        } else {
            do {
                at = first;
                optional(type.getElementType(), definition + 1, lists + 1);
            } while (goesOn(first, lists + 1));
        }
        out.writeEndArray();
    }

    private void map(
            LogicalType type, LogicalType key, LogicalType value, int definition, int lists)
            throws IOException {
        boolean named = key.getChildren().isEmpty();
        start(named);
        int first = at;
        if (columns[first].definition() == definition) {
            skip(type);
        } else {
            do {
                at = first;
                if (named) {
                    out.writeFieldName(scalar(key));
                    optional(value, definition + 1, lists + 1);
                } else {
                    out.writeStartObject();
                    out.writeFieldName("key");
                    present(key, definition + 1, lists + 1);
                    out.writeFieldName("value");
                    optional(value, definition + 1, lists + 1);
                    out.writeEndObject();
                }
            } while (goesOn(first, lists + 1));
        }
        end(named);
    }

    private void start(boolean object) throws IOException {
        if (object) {
            out.writeStartObject();
        } else {
            out.writeStartArray();
        }
    }

    private void end(boolean object) throws IOException {
        if (object) {
            out.writeEndObject();
        } else {
            out.writeEndArray();
        }
    }

    private boolean goesOn(int first, int list) {
        return hasEntry[first] && columns[first].repetition() == list;
    }

    /** What is not there has one entry all the same in each of its columns. */
    private void skip(LogicalType type) throws IOException {
        if (type.getTypeRoot() == LogicalTypeRoot.MULTISET) {
            consume();
        }
        if (type.getChildren().isEmpty()) {
            consume();
        }
        for (LogicalType child : type.getChildren()) {
            skip(child);
        }
    }

    private void consume() throws IOException {
        hasEntry[at] = columns[at].next();
        at++;
    }

    private String scalar(LogicalType type) throws IOException {
        String scalar = StoredScalar.text(columns[at], type);
        consume();
        return scalar;
    }

    private static boolean isBare(LogicalType type, String scalar) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            case FLOAT, DOUBLE -> Double.isFinite(Double.parseDouble(scalar));
            default -> false;
        };
    }
}
