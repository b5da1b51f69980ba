package ai.altertable.flink.format;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;

/**
 * What a user's class consists of: the components of a record; of another class its public fields
 * and what has a public getter or setter.
 */
record Members(Class<?> type, List<Member> list) {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    static Members of(Class<?> type) {
        List<Member> members = type.isRecord() ? components(type) : properties(type);
        if (members.isEmpty()) {
            throw new ValidationException(
                    type.getName()
                            + " has no members to map: no public fields, getters or setters. Give"
                            + " a function that maps it instead");
        }
        return new Members(type, members);
    }

    /** The member for a column; its index if there is one. */
    int indexFor(String column) {
        List<Integer> same = new ArrayList<>();
        List<Integer> similar = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String name = list.get(i).name();
            if (name.equals(column)) {
                same.add(i);
            } else if (plain(name).equals(plain(column))) {
                similar.add(i);
            }
        }
        if (!same.isEmpty()) {
            return same.get(0);
        }
        if (similar.size() > 1) {
            throw new ValidationException(
                    "Column \""
                            + column
                            + "\" could be several members of "
                            + type.getName()
                            + ": "
                            + names(similar.stream().map(list::get)));
        }
        if (similar.isEmpty()) {
            throw new ValidationException(
                    "Column \""
                            + column
                            + "\" has no member in "
                            + type.getName()
                            + ", which has "
                            + names(list.stream()));
        }
        return similar.get(0);
    }

    /** The constructor of a record, which takes all components. */
    MethodHandle canonicalConstructor() {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        return constructor(types);
    }

    /** The constructor of a POJO. */
    MethodHandle emptyConstructor() {
        return constructor();
    }

    private MethodHandle constructor(Class<?>... types) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return LOOKUP.unreflectConstructor(constructor);
        } catch (ReflectiveOperationException e) {
            throw new ValidationException(
                    type.getName()
                            + " needs a constructor without parameters to be made of rows; or give"
                            + " a function that makes it",
                    e);
        }
    }

    private static List<Member> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(
                        component ->
                                new Member(
                                        component.getName(),
                                        component.getGenericType(),
                                        Optional.of(handle(component.getAccessor())),
                                        Optional.empty()))
                .toList();
    }

    private static List<Member> properties(Class<?> type) {
        TreeMap<String, Member> members = new TreeMap<>();
        List<Method> methods =
                Arrays.stream(type.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> !method.isBridge())
                        .filter(method -> method.getDeclaringClass() != Object.class)
                        .toList();
        for (Method method : methods) {
            getter(method).ifPresent(member -> members.put(member.name(), member));
        }
        for (Method method : methods) {
            setter(method).ifPresent(member -> members.merge(member.name(), member, Members::both));
        }
        for (Field field : type.getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                members.put(field.getName(), ofField(field));
            }
        }
        return List.copyOf(members.values());
    }

    private static Optional<Member> getter(Method method) {
        String name = method.getName();
        Class<?> result = method.getReturnType();
        if (method.getParameterCount() > 0 || result == void.class) {
            return Optional.empty();
        }
        int prefix =
                name.startsWith("get") ? 3 : name.startsWith("is") && isBoolean(result) ? 2 : 0;
        return after(name, prefix)
                .map(
                        property ->
                                new Member(
                                        property,
                                        method.getGenericReturnType(),
                                        Optional.of(handle(method)),
                                        Optional.empty()));
    }

    private static Optional<Member> setter(Method method) {
        if (method.getParameterCount() != 1 || !method.getName().startsWith("set")) {
            return Optional.empty();
        }
        return after(method.getName(), 3)
                .map(
                        property ->
                                new Member(
                                        property,
                                        method.getGenericParameterTypes()[0],
                                        Optional.empty(),
                                        Optional.of(handle(method))));
    }

    private static boolean isBoolean(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }

    private static Optional<String> after(String name, int prefix) {
        if (prefix == 0 || name.length() == prefix) {
            return Optional.empty();
        }
        String rest = name.substring(prefix);
        return Optional.of(rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1));
    }

    /** What was found so far, with this setter if it takes what the getter gives. */
    private static Member both(Member known, Member setter) {
        return known.setter().isEmpty() && known.type().equals(setter.type())
                ? new Member(known.name(), known.type(), known.getter(), setter.setter())
                : known;
    }

    private static Member ofField(Field field) {
        try {
            field.setAccessible(true);
            return new Member(
                    field.getName(),
                    field.getGenericType(),
                    Optional.of(asGetter(LOOKUP.unreflectGetter(field))),
                    Modifier.isFinal(field.getModifiers())
                            ? Optional.empty()
                            : Optional.of(asSetter(LOOKUP.unreflectSetter(field))));
        } catch (IllegalAccessException e) {
            throw inaccessible(field, e);
        }
    }

    private static MethodHandle handle(Method method) {
        try {
            method.setAccessible(true);
            MethodHandle handle = LOOKUP.unreflect(method);
            return method.getParameterCount() == 0 ? asGetter(handle) : asSetter(handle);
        } catch (IllegalAccessException e) {
            throw inaccessible(method, e);
        }
    }

    private static MethodHandle asGetter(MethodHandle handle) {
        return handle.asType(MethodType.methodType(Object.class, Object.class));
    }

    private static MethodHandle asSetter(MethodHandle handle) {
        return handle.asType(MethodType.methodType(void.class, Object.class, Object.class));
    }

    private static ValidationException inaccessible(AccessibleObject member, Exception e) {
        return new ValidationException(member + " cannot be accessed", e);
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String names(Stream<Member> members) {
        return String.join(", ", members.map(Member::name).toList());
    }
}
