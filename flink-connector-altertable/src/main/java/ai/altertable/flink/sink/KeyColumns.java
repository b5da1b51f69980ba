package ai.altertable.flink.sink;

import ai.altertable.flink.format.RowNotEncodableException;
import ai.altertable.flink.format.SqlText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/** The columns of a primary key, bound to the rows that have them. */
final class KeyColumns {

    private final List<String> names;
    private final int[] positions;
    private final LogicalType[] types;
    private final KeyPart[] parts;

    private KeyColumns(List<String> names, int[] positions, LogicalType[] types, KeyPart[] parts) {
        this.names = names;
        this.positions = positions;
        this.types = types;
        this.parts = parts;
    }

    /** Refuses columns that are not there or whose type is no key's. */
    static KeyColumns of(RowType rowType, List<String> key) {
        int[] positions = new int[key.size()];
        LogicalType[] types = new LogicalType[key.size()];
        KeyPart[] parts = new KeyPart[key.size()];
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            positions[i] = rowType.getFieldIndex(key.get(i));
            if (positions[i] < 0) {
                problems.add(key.get(i) + ": is no column");
                continue;
            }
            types[i] = rowType.getTypeAt(positions[i]);
            parts[i] = KeyPart.of(types[i]).orElse(null);
            if (parts[i] == null) {
                problems.add(
                        key.get(i)
                                + ": "
                                + types[i].asSummaryString()
                                + " cannot be a key: its values cannot be compared reliably");
            }
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(
                    "The primary key cannot be used:\n  " + String.join("\n  ", problems));
        }
        return new KeyColumns(List.copyOf(key), positions, types, parts);
    }

    boolean hasNull(RowData row) {
        for (int position : positions) {
            if (row.isNullAt(position)) {
                return true;
            }
        }
        return false;
    }

    /** Appends the key of a row; a NULL in it matches nothing, so it is refused. */
    void write(RowData row, KeyBytes out) {
        for (int i = 0; i < parts.length; i++) {
            if (row.isNullAt(positions[i])) {
                throw new RowNotEncodableException(
                        "the key column '"
                                + names.get(i)
                                + "' is NULL, which matches no row: each retry would insert it"
                                + " again");
            }
            parts[i].write(row, positions[i], out);
        }
    }

    /** Refuses a key that cannot stand in a statement: DuckDB's parser ends at a NUL. */
    void checkSayable(RowData row) {
        for (int i = 0; i < parts.length; i++) {
            if (types[i].is(LogicalTypeFamily.CHARACTER_STRING)
                    && row.getString(positions[i]).toString().indexOf('\0') >= 0) {
                throw new RowNotEncodableException(
                        "the key column '"
                                + names.get(i)
                                + "' holds a NUL character, by which no row can be deleted");
            }
        }
    }

    /** A written key as a row that holds nothing else. */
    RowData row(ByteBuffer written, int fields) {
        GenericRowData row = new GenericRowData(fields);
        for (int i = 0; i < parts.length; i++) {
            row.setField(positions[i], parts[i].read(written));
        }
        return row;
    }

    /** A written key as a row of VALUES, each value a text to be cast. */
    String sqlRow(ByteBuffer written) {
        StringJoiner row = new StringJoiner(",", "(", ")");
        for (int i = 0; i < parts.length; i++) {
            row.add(SqlText.quoted(SqlText.text(parts[i].read(written), types[i])));
        }
        return row.toString();
    }
}
