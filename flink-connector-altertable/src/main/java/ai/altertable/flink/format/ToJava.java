package ai.altertable.flink.format;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowUtils;

/** Flink's values as the Java types that a class asks for; what it cannot hold is refused early. */
final class ToJava {

    private ToJava() {}

    /** An object with members, a Row, or a RowData, which stays what it is. */
    static Conversion ofRow(Class<?> type, RowType columns, String path) {
        if (type.isAssignableFrom(RowData.class) && type != Object.class) {
            return value -> value;
        }
        if (type == Row.class || type == Object.class) {
            return row(columns, path);
        }
        return type.isRecord() ? record(type, columns, path) : pojo(type, columns, path);
    }

    private static Conversion row(RowType columns, String path) {
        RowData.FieldGetter[] getters = getters(columns);
        Conversion[] fields = new Conversion[getters.length];
        LinkedHashMap<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            String name = columns.getFieldNames().get(i);
            fields[i] = of(columns.getTypeAt(i), Object.class, inside(path, name));
            positions.put(name, i);
        }
        return value -> {
            RowData data = (RowData) value;
            Object[] values = new Object[fields.length];
            for (int i = 0; i < fields.length; i++) {
                values[i] = Conversion.nullable(fields[i], getters[i].getFieldOrNull(data));
            }
            return RowUtils.createRowWithNamedPositions(data.getRowKind(), values, positions);
        };
    }

    private static Conversion record(Class<?> type, RowType columns, String path) {
        Members members = Members.of(type);
        int size = members.list().size();
        int[] sources = new int[size];
        Arrays.fill(sources, -1);
        Conversion[] parts = new Conversion[size];
        for (int i = 0; i < columns.getFieldCount(); i++) {
            int index = members.indexFor(columns.getFieldNames().get(i));
            sources[index] = i;
            parts[index] = member(members.list().get(index), columns, i, path);
        }
        Object[] defaults = new Object[size];
        for (int i = 0; i < size; i++) {
            Member member = members.list().get(i);
            defaults[i] = Array.get(Array.newInstance(JavaTypes.raw(member.type()), 1), 0);
        }
        RowData.FieldGetter[] getters = getters(columns);
        MethodHandle constructor = members.canonicalConstructor().asSpreader(Object[].class, size);
        return value -> {
            Object[] arguments = defaults.clone();
            for (int i = 0; i < size; i++) {
                if (sources[i] >= 0) {
                    arguments[i] =
                            parts[i].apply(getters[sources[i]].getFieldOrNull((RowData) value));
                }
            }
            return make(constructor, arguments);
        };
    }

    private static Object make(MethodHandle constructor, Object[] arguments) {
        try {
            return constructor.invoke(arguments);
        } catch (Throwable e) {
            throw Member.rethrow(e);
        }
    }

    private static Conversion pojo(Class<?> type, RowType columns, String path) {
        Members members = Members.of(type);
        int size = columns.getFieldCount();
        MethodHandle[] setters = new MethodHandle[size];
        Conversion[] parts = new Conversion[size];
        for (int i = 0; i < size; i++) {
            Member member = members.list().get(members.indexFor(columns.getFieldNames().get(i)));
            setters[i] =
                    member.setter()
                            .orElseThrow(
                                    () ->
                                            new ValidationException(
                                                    "Member "
                                                            + member.name()
                                                            + " of "
                                                            + type.getName()
                                                            + " needs a setter of its type, or has"
                                                            + " to be a public field that is not"
                                                            + " final"));
            parts[i] = member(member, columns, i, path);
        }
        RowData.FieldGetter[] getters = getters(columns);
        MethodHandle constructor = members.emptyConstructor();
        return value -> {
            try {
                Object object = constructor.invoke();
                for (int i = 0; i < size; i++) {
                    setters[i].invoke(
                            object, parts[i].apply(getters[i].getFieldOrNull((RowData) value)));
                }
                return object;
            } catch (Throwable e) {
                throw Member.rethrow(e);
            }
        };
    }

    /** Takes and gives null, unless the member is of a primitive type. */
    private static Conversion member(Member member, RowType columns, int column, String path) {
        String name = inside(path, columns.getFieldNames().get(column));
        Conversion conversion = of(columns.getTypeAt(column), member.type(), name);
        if (!member.isPrimitive()) {
            return value -> Conversion.nullable(conversion, value);
        }
        return value -> {
            if (value == null) {
                throw new IllegalArgumentException(
                        name
                                + " is NULL in a row, which "
                                + member.type().getTypeName()
                                + " cannot be; use "
                                + JavaTypes.boxed((Class<?>) member.type()).getSimpleName());
            }
            return conversion.apply(value);
        };
    }

    private static Conversion of(LogicalType type, Type java, String path) {
        return switch (type.getTypeRoot()) {
            case ARRAY -> array((ArrayType) type, java, path);
            case MAP -> {
                MapType map = (MapType) type;
                yield map(map.getKeyType(), map.getValueType(), java, type, path);
            }
            case MULTISET ->
                    map(((MultisetType) type).getElementType(), new IntType(), java, type, path);
            case ROW -> ofRow(JavaTypes.raw(java), (RowType) type, path);
            default ->
                    ScalarsToJava.of(type, JavaTypes.boxed(JavaTypes.raw(java)))
                            .orElseThrow(() -> refusal(type, java, path));
        };
    }

    private static Conversion array(ArrayType type, Type java, String path) {
        Class<?> raw = JavaTypes.raw(java);
        Optional<Type> told = JavaTypes.part(java, 0);
        LogicalType elementType = type.getElementType();
        Type elementJava = told.orElse(Object.class);
        Conversion element = of(elementType, elementJava, path + "[]");
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        if (raw.isAssignableFrom(List.class) && raw != Object.class) {
            return value -> {
                ArrayData data = (ArrayData) value;
                List<Object> list = new ArrayList<>(data.size());
                for (int i = 0; i < data.size(); i++) {
                    list.add(Conversion.nullable(element, getter.getElementOrNull(data, i)));
                }
                return list;
            };
        }
        if (raw != Object.class && !raw.isArray()) {
            throw refusal(type, java, path);
        }
        Class<?> component =
                raw.isArray() ? raw.getComponentType() : JavaTypes.natural(elementType);
        IntFunction<Object> make = size -> Array.newInstance(component, size);
        return value -> {
            ArrayData data = (ArrayData) value;
            Object array = make.apply(data.size());
            for (int i = 0; i < data.size(); i++) {
                Object item = Conversion.nullable(element, getter.getElementOrNull(data, i));
                if (item == null && component.isPrimitive()) {
                    throw new IllegalArgumentException(
                            path + "[] is NULL in a row, which " + component + " cannot be");
                }
                Array.set(array, i, item);
            }
            return array;
        };
    }

    private static Conversion map(
            LogicalType keyType, LogicalType valueType, Type java, LogicalType type, String path) {
        Class<?> raw = JavaTypes.raw(java);
        if (!raw.isAssignableFrom(Map.class)) {
            throw refusal(type, java, path);
        }
        Type keyJava = JavaTypes.part(java, 0).orElse(Object.class);
        Type valueJava =
                JavaTypes.part(java, 0).isPresent()
                        ? JavaTypes.part(java, 1).orElse(Object.class)
                        : Object.class;
        Conversion keys = of(keyType, keyJava, path + ".key");
        Conversion values = of(valueType, valueJava, path + ".value");
        ArrayData.ElementGetter keyGetter = ArrayData.createElementGetter(keyType);
        ArrayData.ElementGetter valueGetter = ArrayData.createElementGetter(valueType);
        return value -> {
            MapData data = (MapData) value;
            ArrayData keyData = data.keyArray();
            ArrayData valueData = data.valueArray();
            Map<Object, Object> map = new LinkedHashMap<>(data.size() * 2);
            for (int i = 0; i < data.size(); i++) {
                map.put(
                        Conversion.nullable(keys, keyGetter.getElementOrNull(keyData, i)),
                        Conversion.nullable(values, valueGetter.getElementOrNull(valueData, i)));
            }
            return map;
        };
    }

    private static RowData.FieldGetter[] getters(RowType columns) {
        RowData.FieldGetter[] getters = new RowData.FieldGetter[columns.getFieldCount()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = RowData.createFieldGetter(columns.getTypeAt(i), i);
        }
        return getters;
    }

    private static ValidationException refusal(LogicalType type, Type java, String path) {
        return new ValidationException(
                path + ": " + java.getTypeName() + " cannot hold every " + type.asSummaryString());
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
