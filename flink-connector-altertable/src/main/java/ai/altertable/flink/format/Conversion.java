package ai.altertable.flink.format;

/** Turns a value of Java into Flink's own form, or back. */
interface Conversion {

    /**
     * @param value never null, and neither is what is returned
     */
    Object apply(Object value);

    static Object nullable(Conversion conversion, Object value) {
        return value == null ? null : conversion.apply(value);
    }
}
