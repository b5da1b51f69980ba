package ai.altertable.flink.format;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/** Java's values as Flink's. The value decides by its class how it is taken, so any may come. */
final class ToFlink {

    private ToFlink() {}

    /** An object with members, a Row, or a RowData, which stays what it is. */
    static Conversion ofObject(Class<?> type, RowType columns, String path) {
        if (RowData.class.isAssignableFrom(type)) {
            return value -> value;
        }
        return Row.class.isAssignableFrom(type)
                ? ofRow(columns, path)
                : ofMembers(type, columns, path);
    }

    private static Conversion ofRow(RowType columns, String path) {
        List<String> names = columns.getFieldNames();
        Conversion[] fields = new Conversion[names.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = of(columns.getTypeAt(i), inside(path, names.get(i)));
        }
        return value -> {
            Row row = (Row) value;
            boolean byName = row.getFieldNames(false) != null;
            if (!byName && row.getArity() != fields.length) {
                throw new RowNotEncodableException(
                        "A Row has "
                                + row.getArity()
                                + " fields instead of "
                                + fields.length
                                + (path.isEmpty() ? "" : ", in " + path));
            }
            GenericRowData result = new GenericRowData(row.getKind(), fields.length);
            for (int i = 0; i < fields.length; i++) {
                Object field = byName ? row.getField(names.get(i)) : row.getField(i);
                result.setField(i, Conversion.nullable(fields[i], field));
            }
            return result;
        };
    }

    private static Conversion ofMembers(Class<?> type, RowType columns, String path) {
        Members members = Members.of(type);
        int size = columns.getFieldCount();
        MethodHandle[] getters = new MethodHandle[size];
        Conversion[] fields = new Conversion[size];
        for (int i = 0; i < size; i++) {
            String column = columns.getFieldNames().get(i);
            Member member = members.list().get(members.indexFor(column));
            getters[i] = getter(type, member);
            if (!JavaTypes.mayBeTakenAs(columns.getTypeAt(i), JavaTypes.raw(member.type()))) {
                throw new ValidationException(
                        inside(path, column)
                                + ": "
                                + member.type().getTypeName()
                                + " cannot be taken as "
                                + columns.getTypeAt(i).asSummaryString());
            }
            fields[i] = of(columns.getTypeAt(i), inside(path, column));
        }
        return value -> {
            GenericRowData result = new GenericRowData(size);
            for (int i = 0; i < size; i++) {
                Object field = Member.get(getters[i], value);
                result.setField(i, Conversion.nullable(fields[i], field));
            }
            return result;
        };
    }

    private static MethodHandle getter(Class<?> type, Member member) {
        return member.getter()
                .orElseThrow(
                        () ->
                                new ValidationException(
                                        "Member "
                                                + member.name()
                                                + " of "
                                                + type.getName()
                                                + " needs a getter"));
    }

    private static Conversion of(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case ARRAY -> array(of(((ArrayType) type).getElementType(), path + "[]"), type, path);
            case MAP -> {
                MapType map = (MapType) type;
                yield map(map.getKeyType(), map.getValueType(), type, path);
            }
            case MULTISET -> map(((MultisetType) type).getElementType(), new IntType(), type, path);
            case ROW -> struct((RowType) type, path);
            default -> ScalarsToFlink.of(type, path);
        };
    }

    private static Conversion array(Conversion element, LogicalType type, String path) {
        return value -> {
            Object[] elements;
            if (value instanceof Collection<?> collection) {
                elements = collection.toArray();
            } else if (value.getClass().isArray()) {
                elements = new Object[Array.getLength(value)];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = Array.get(value, i);
                }
            } else {
                throw ScalarsToFlink.refusal(value, type, path);
            }
            for (int i = 0; i < elements.length; i++) {
                elements[i] = Conversion.nullable(element, elements[i]);
            }
            return new GenericArrayData(elements);
        };
    }

    private static Conversion map(
            LogicalType keyType, LogicalType valueType, LogicalType type, String path) {
        Conversion keys = of(keyType, path + ".key");
        Conversion values = of(valueType, path + ".value");
        return value -> {
            if (!(value instanceof Map<?, ?> map)) {
                throw ScalarsToFlink.refusal(value, type, path);
            }
            Map<Object, Object> result = new HashMap<>(map.size() * 2);
            map.forEach(
                    (k, v) ->
                            result.put(
                                    Conversion.nullable(keys, k), Conversion.nullable(values, v)));
            return new GenericMapData(result);
        };
    }

    /** Of whatever class the value is; it is bound when the first of a class comes. */
    private static Conversion struct(RowType type, String path) {
        Map<Class<?>, Conversion> known = new HashMap<>();
        Function<Class<?>, Conversion> bind = actual -> ofObject(actual, type, path);
        return value -> known.computeIfAbsent(value.getClass(), bind).apply(value);
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
