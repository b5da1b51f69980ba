package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Finds the table's column for every field of the row, and spells columns and nested fields as the
 * table does. Columns that the row does not have are left out.
 */
final class WriteBinding {

    private final ChunkFormat format;
    private final List<String> problems = new ArrayList<>();

    WriteBinding(ChunkFormat format) {
        this.format = format;
    }

    List<String> problems() {
        return problems;
    }

    ColumnBinding bind(RowType rowType, List<DuckType.Field> table) {
        NameMatch.refuseDuplicates(rowType.getFieldNames(), "", problems);
        List<RowType.RowField> columns = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<Integer> places =
                rowType.getFieldNames().stream().map(name -> NameMatch.find(name, table)).toList();
        for (int place = 0; place < table.size(); place++) {
            int position = places.indexOf(place);
            if (position >= 0) {
                String name = table.get(place).name();
                LogicalType type = rowType.getTypeAt(position);
                type = spelled(type, table.get(place).type(), name);
                columns.add(new RowType.RowField(name, type));
                positions.add(position);
            }
        }
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) < 0) {
                problems.add(
                        rowType.getFieldNames().get(i)
                                + ": the table has no such column; add it to the table with type "
                                + ddl(rowType.getTypeAt(i))
                                + ", or leave it out");
            }
        }
        return new ColumnBinding(
                new RowType(columns), positions.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The type with the names of the column, or a problem more. */
    private LogicalType spelled(LogicalType type, DuckType column, String path) {
        switch (type.getTypeRoot()) {
            case ARRAY -> {
                LogicalType element = ((ArrayType) type).getElementType();
                if (column instanceof DuckType.Sequence list && !list.fixedSize()) {
                    return new ArrayType(
                            type.isNullable(), spelled(element, list.element(), path + "[]"));
                }
            }
            case MAP -> {
                MapType map = (MapType) type;
                if (column instanceof DuckType.MapOf target) {
                    return new MapType(
                            type.isNullable(),
                            key(map.getKeyType(), target.key(), path + ".key"),
                            spelled(map.getValueType(), target.value(), path + ".value"));
                }
            }
            case MULTISET -> {
                LogicalType element = ((MultisetType) type).getElementType();
                if (column instanceof DuckType.MapOf target) {
                    spelled(new IntType(), target.value(), path + ".value");
                    return new MultisetType(
                            type.isNullable(), key(element, target.key(), path + ".key"));
                }
            }
            case ROW -> {
                if (column instanceof DuckType.Struct struct) {
                    return struct((RowType) type, struct, path);
                }
            }
            default -> {
                scalar(type, column, path);
                return type;
            }
        }
        mismatch(type, column, path);
        return type;
    }

    /** JSON's keys are texts: what has parts cannot be one. */
    private LogicalType key(LogicalType type, DuckType column, String path) {
        if (format == ChunkFormat.JSONL && !type.getChildren().isEmpty()) {
            problems.add(refusedByJson(type, path, "a key in JSON is a text"));
        }
        return spelled(type, column, path);
    }

    private LogicalType struct(RowType row, DuckType.Struct struct, String path) {
        NameMatch.refuseDuplicates(row.getFieldNames(), path, problems);
        List<RowType.RowField> fields = new ArrayList<>();
        for (RowType.RowField field : row.getFields()) {
            String fieldPath = NameMatch.path(path, field.getName());
            int place = NameMatch.find(field.getName(), struct.fields());
            if (place < 0) {
                problems.add(fieldPath + ": the column " + path + " has no such field");
                continue;
            }
            DuckType.Field target = struct.fields().get(place);
            fields.add(
                    new RowType.RowField(
                            target.name(), spelled(field.getType(), target.type(), fieldPath)));
        }
        return new RowType(row.isNullable(), fields);
    }

    private void scalar(LogicalType type, DuckType column, String path) {
        Optional<ScalarMapping> mapping = ScalarMapping.of(type);
        if (mapping.isEmpty()) {
            problems.add(TypeMapping.unmapped(type, path));
        } else if (!mapping.get().writesInto(column, type)) {
            mismatch(type, column, path);
        } else if (format == ChunkFormat.JSONL && mapping.get().jsonRefusal(column) != null) {
            problems.add(refusedByJson(type, path, mapping.get().jsonRefusal(column)));
        }
    }

    private static String refusedByJson(LogicalType type, String path, String reason) {
        return path
                + ": "
                + type.asSummaryString()
                + " cannot be written as JSON ("
                + reason
                + "); set sink.format to parquet";
    }

    private void mismatch(LogicalType type, DuckType column, String path) {
        problems.add(
                path
                        + ": "
                        + type.asSummaryString()
                        + " cannot be written into "
                        + column.ddl()
                        + "; the column would have to be "
                        + ddl(type)
                        + NaturalType.of(column)
                                .map(natural -> ", or CAST to " + natural.asSummaryString())
                                .orElse(""));
    }

    private static String ddl(LogicalType type) {
        try {
            return TypeMapping.ddl(type);
        } catch (ValidationException e) {
            return "another";
        }
    }
}
