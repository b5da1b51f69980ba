package ai.altertable.flink.format;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/**
 * Rows and the user's own objects: Flink's {@link Row}, records, and POJOs, which have public
 * fields or getters and setters.
 *
 * <h2>Names</h2>
 *
 * <p>A column belongs to the member of its name; failing that, to the one that differs only in case
 * and underscores, so that {@code order_id} finds {@code orderId}. A Row with names goes by its
 * names, one without by position.
 *
 * <h2>Values</h2>
 *
 * <p>Each type of column takes every Java type that holds its values, and no value changes on the
 * way: a number that does not fit, or a decimal with too many digits, is refused. Only a TIME is
 * cut to milliseconds, which is all that Flink keeps.
 */
public final class ObjectMapping {

    private ObjectMapping() {}

    /**
     * The columns of a class: its members, in the order of a record's components, and by name for a
     * POJO. A member of a primitive type is NOT NULL. A BigDecimal is a DECIMAL(38, 18) as Flink
     * has it, and times have microseconds.
     */
    public static RowType rowType(Class<?> type) {
        return JavaTypes.rowType(type);
    }

    /** Rows of objects. Members that are no columns are left out; each column needs a member. */
    public static <T> ToRow<T> toRow(Class<T> type, RowType columns) {
        return new MappedToRow<>(type, columns);
    }

    /**
     * Objects of rows. Each column needs a member; members that are no columns stay as they are.
     */
    public static <T> FromRow<T> fromRow(Class<T> type, RowType columns) {
        return new MappedFromRow<>(type, columns);
    }

    /** How Flink's network carries the objects. */
    @SuppressWarnings("unchecked")
    public static <T> TypeInformation<T> typeInformation(Class<T> type, RowType columns) {
        return type == Row.class
                ? (TypeInformation<T>) JavaTypes.typeInformation(columns)
                : TypeInformation.of(type);
    }
}
