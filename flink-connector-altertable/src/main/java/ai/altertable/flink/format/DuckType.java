package ai.altertable.flink.format;

import java.util.List;
import java.util.stream.Collectors;

/** A column's type as DuckDB reports it, parsed by {@link DuckTypeParser}. */
public sealed interface DuckType {

    /** DuckDB's name of the type without its parameters: {@code DECIMAL}, {@code LIST}. */
    String name();

    /** The type as DuckDB's DDL writes it. */
    String ddl();

    static DuckType parse(String text) {
        return new DuckTypeParser(text).parse();
    }

    /** The same, but a text that nobody understands is a type by that name, fit for nothing. */
    static DuckType reported(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException unknown) {
            return new Scalar(text);
        }
    }

    /** A type without parts; parameters that do not matter here (ENUM's values) are left out. */
    record Scalar(String name) implements DuckType {
        @Override
        public String ddl() {
            return name;
        }
    }

    record Decimal(int precision, int scale) implements DuckType {
        @Override
        public String name() {
            return "DECIMAL";
        }

        @Override
        public String ddl() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }
    }

    /** A list, or an array of fixed size; both hold the same kind of values. */
    record Sequence(DuckType element, boolean fixedSize) implements DuckType {
        @Override
        public String name() {
            return fixedSize ? "ARRAY" : "LIST";
        }

        @Override
        public String ddl() {
            return element.ddl() + (fixedSize ? "[n]" : "[]");
        }
    }

    record MapOf(DuckType key, DuckType value) implements DuckType {
        @Override
        public String name() {
            return "MAP";
        }

        @Override
        public String ddl() {
            return "MAP(" + key.ddl() + ", " + value.ddl() + ")";
        }
    }

    record Struct(List<Field> fields) implements DuckType {
        @Override
        public String name() {
            return "STRUCT";
        }

        @Override
        public String ddl() {
            return fields.stream()
                    .map(field -> SqlText.identifier(field.name()) + " " + field.type().ddl())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
    }

    /** A field of a STRUCT, or a column of a table. */
    record Field(String name, DuckType type) {
        public static Field of(String name, String type) {
            return new Field(name, DuckType.parse(type));
        }
    }
}
