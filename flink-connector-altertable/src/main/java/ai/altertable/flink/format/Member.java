package ai.altertable.flink.format;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A member of a user's class.
 *
 * @param getter takes the object
 * @param setter takes the object and the value; a component of a record has none
 */
record Member(
        String name, Type type, Optional<MethodHandle> getter, Optional<MethodHandle> setter) {

    boolean isPrimitive() {
        return type instanceof Class<?> known && known.isPrimitive();
    }

    /** The getter as one that the JVM can call without a look at its types. */
    static Object get(MethodHandle getter, Object object) {
        try {
            return getter.invoke(object);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static RuntimeException rethrow(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        if (e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return new IllegalStateException("A member of the object cannot be accessed", e);
    }
}
