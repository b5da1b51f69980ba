package ai.altertable.flink.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Builds the expressions that give columns exactly in JSON, at every depth. A list, a map or a
 * struct is taken apart only where something inside needs it; NULL stays NULL at its own depth.
 */
final class ReadExpressions {

    private final List<String> problems = new ArrayList<>();

    List<String> problems() {
        return problems;
    }

    List<String> selectItems(RowType rowType, List<DuckType.Field> table) {
        NameMatch.refuseDuplicates(rowType.getFieldNames(), "", problems);
        List<String> items = new ArrayList<>();
        for (RowType.RowField field : rowType.getFields()) {
            int column = NameMatch.find(field.getName(), table);
            if (column < 0) {
                problems.add(field.getName() + ": there is no such column; " + oneOf(table));
                continue;
            }
            String source = SqlText.identifier(table.get(column).name());
            DuckType type = table.get(column).type();
            items.add(
                    expression(source, type, field.getType(), field.getName(), 1)
                            + " AS "
                            + SqlText.identifier(field.getName()));
        }
        return items;
    }

    private String expression(
            String source, DuckType column, LogicalType type, String path, int depth) {
        return switch (type.getTypeRoot()) {
            case ARRAY -> {
                LogicalType element = ((ArrayType) type).getElementType();
                yield column instanceof DuckType.Sequence sequence
                        ? list(source, sequence.element(), element, path + "[]", depth)
                        : mismatch(column, type, path);
            }
            case MAP -> {
                MapType map = (MapType) type;
                yield column instanceof DuckType.MapOf duckMap
                        ? map(source, duckMap, map.getKeyType(), map.getValueType(), path, depth)
                        : mismatch(column, type, path);
            }
            case MULTISET -> {
                LogicalType element = ((MultisetType) type).getElementType();
                yield column instanceof DuckType.MapOf duckMap
                        ? map(source, duckMap, element, new IntType(), path, depth)
                        : mismatch(column, type, path);
            }
            case ROW ->
                    column instanceof DuckType.Struct struct
                            ? struct(source, struct, (RowType) type, path, depth)
                            : mismatch(column, type, path);
            default -> scalar(source, column, type, path);
        };
    }

    private String scalar(String source, DuckType column, LogicalType type, String path) {
        Optional<ScalarMapping> mapping = ScalarMapping.of(type);
        if (mapping.isEmpty()) {
            problems.add(TypeMapping.unmapped(type, path));
            return source;
        }
        return mapping.get().readsFrom(column, type)
                ? mapping.get().select(source, column, type)
                : mismatch(column, type, path);
    }

    private String list(
            String source, DuckType column, LogicalType element, String path, int depth) {
        String variable = "x" + depth;
        String inside = expression(variable, column, element, path, depth + 1);
        return inside.equals(variable) ? source : transform(source, variable, inside);
    }

    private String map(
            String source,
            DuckType.MapOf column,
            LogicalType key,
            LogicalType value,
            String path,
            int depth) {
        String variable = "x" + depth;
        String entries = "map_entries(" + source + ")";
        String plainKey = SqlText.part(variable, "key");
        String plainValue = SqlText.part(variable, "value");
        String exactKey = expression(plainKey, column.key(), key, path + ".key", depth + 1);
        String exactValue =
                expression(plainValue, column.value(), value, path + ".value", depth + 1);
        if (exactKey.equals(plainKey) && exactValue.equals(plainValue)) {
            return entries;
        }
        String entry =
                "struct_pack("
                        + SqlText.field("key", exactKey)
                        + ", "
                        + SqlText.field("value", exactValue)
                        + ")";
        return transform(entries, variable, entry);
    }

    private String struct(
            String source, DuckType.Struct column, RowType row, String path, int depth) {
        NameMatch.refuseDuplicates(row.getFieldNames(), path, problems);
        boolean asItIs = row.getFieldCount() == column.fields().size();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < row.getFieldCount(); i++) {
            String name = row.getFieldNames().get(i);
            String fieldPath = NameMatch.path(path, name);
            int place = NameMatch.find(name, column.fields());
            if (place < 0) {
                problems.add(fieldPath + ": there is no such field; " + oneOf(column.fields()));
                continue;
            }
            DuckType.Field field = column.fields().get(place);
            String plain = SqlText.part(source, field.name());
            String exact = expression(plain, field.type(), row.getTypeAt(i), fieldPath, depth);
            asItIs &= place == i && field.name().equals(name) && exact.equals(plain);
            fields.add(SqlText.field(name, exact));
        }
        return asItIs
                ? source
                : "CASE WHEN "
                        + source
                        + " IS NOT NULL THEN struct_pack("
                        + String.join(", ", fields)
                        + ") END";
    }

    private static String transform(String list, String variable, String inside) {
        return "list_transform(" + list + ", lambda " + variable + ": " + inside + ")";
    }

    private static String oneOf(List<DuckType.Field> fields) {
        return "there are " + String.join(", ", fields.stream().map(DuckType.Field::name).toList());
    }

    private String mismatch(DuckType column, LogicalType type, String path) {
        problems.add(
                path
                        + ": "
                        + type.asSummaryString()
                        + " cannot be read from "
                        + column.ddl()
                        + "; "
                        + NaturalType.advice(column));
        return "";
    }
}
