package ai.altertable.flink.format;

import ai.altertable.flink.format.DuckType.Decimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * The table of types without parts: what a Flink type is created as, which columns it is written
 * into and read from, and how it is selected. docs/types.md shows this table, and a test compares
 * them. Widening is allowed where every value stays what it is; nothing else is.
 */
enum ScalarMapping {
    BOOLEAN("BOOLEAN", "BOOLEAN", Select.AS_IT_IS, "BOOLEAN", "BOOLEAN"),
    TINYINT(
            "TINYINT",
            "TINYINT",
            Select.AS_IT_IS,
            "TINYINT, SMALLINT, INTEGER, BIGINT, HUGEINT",
            "TINYINT"),
    SMALLINT(
            "SMALLINT",
            "SMALLINT",
            Select.AS_IT_IS,
            "SMALLINT, INTEGER, BIGINT, HUGEINT",
            "SMALLINT, TINYINT, UTINYINT"),
    INTEGER(
            "INT",
            "INTEGER",
            Select.AS_IT_IS,
            "INTEGER, BIGINT, HUGEINT",
            "INTEGER, SMALLINT, TINYINT, USMALLINT, UTINYINT"),
    BIGINT(
            "BIGINT",
            "BIGINT",
            Select.AS_IT_IS,
            "BIGINT, HUGEINT",
            "BIGINT, INTEGER, SMALLINT, TINYINT, UINTEGER, USMALLINT, UTINYINT"),
    FLOAT("FLOAT", "FLOAT", Select.TEXT, "FLOAT, DOUBLE", "FLOAT"),
    DOUBLE("DOUBLE", "DOUBLE", Select.TEXT, "DOUBLE", "DOUBLE, FLOAT"),
    DECIMAL(
            "DECIMAL(p, s)",
            "DECIMAL(p, s)",
            Select.TEXT,
            "DECIMAL(P, S) with S >= s and P - S >= p - s",
            "DECIMAL(P, S) with S <= s and P - S <= p - s; integers, when p - s holds their digits:"
                    + " TINYINT and UTINYINT 3, SMALLINT and USMALLINT 5, INTEGER and UINTEGER 10,"
                    + " BIGINT 19, UBIGINT 20, HUGEINT and UHUGEINT 38 (a value of 39 digits"
                    + " fails)") {
        @Override
        String ddl(LogicalType type) {
            return decimal(type).ddl();
        }

        @Override
        boolean writesInto(DuckType column, LogicalType type) {
            return column instanceof Decimal && fits(decimal(type), (Decimal) column);
        }

        @Override
        boolean readsFrom(DuckType column, LogicalType type) {
            return column instanceof Decimal
                    ? fits((Decimal) column, decimal(type))
                    : INTEGER_DIGITS.containsKey(column.name())
                            && fits(
                                    new Decimal(INTEGER_DIGITS.get(column.name()), 0),
                                    decimal(type));
        }
    },
    STRING(
            "CHAR(n), VARCHAR(n), STRING",
            "VARCHAR",
            Select.TEXT,
            "VARCHAR, UUID, ENUM, JSON (by Parquet only)",
            "VARCHAR, UUID, ENUM, JSON, INTERVAL, TIME WITH TIME ZONE, BIT, BIGNUM, UNION, VARIANT,"
                    + " UBIGINT, HUGEINT, UHUGEINT",
            LogicalTypeRoot.CHAR,
            LogicalTypeRoot.VARCHAR),
    BYTES(
            "BINARY(n), VARBINARY(n), BYTES",
            "BLOB",
            Select.HEX,
            "BLOB (by Parquet only)",
            "BLOB",
            LogicalTypeRoot.BINARY,
            LogicalTypeRoot.VARBINARY),
    DATE("DATE", "DATE", Select.TEXT, "DATE", "DATE"),
    TIME("TIME(p)", "TIME", Select.TEXT, "TIME", "TIME", LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE),
    TIMESTAMP(
            "TIMESTAMP(p), p <= 6",
            "TIMESTAMP",
            Select.MICROSECONDS,
            "TIMESTAMP, TIMESTAMP_NS; TIMESTAMP_MS when p <= 3; TIMESTAMP_S when p = 0",
            "TIMESTAMP, TIMESTAMP_S, TIMESTAMP_MS, TIMESTAMP_NS",
            LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE) {
        @Override
        boolean maps(LogicalType type) {
            return super.maps(type) && ((TimestampType) type).getPrecision() <= 6;
        }

        @Override
        boolean writesInto(DuckType column, LogicalType type) {
            int precision = ((TimestampType) type).getPrecision();
            return switch (column.name()) {
                case "TIMESTAMP", "TIMESTAMP_NS" -> true;
                case "TIMESTAMP_MS" -> precision <= 3;
                case "TIMESTAMP_S" -> precision == 0;
                default -> false;
            };
        }
    },
    TIMESTAMP_NS(
            "TIMESTAMP(p), p > 6",
            "TIMESTAMP_NS",
            Select.NANOSECONDS,
            "TIMESTAMP_NS",
            "TIMESTAMP_NS",
            LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE) {
        @Override
        boolean maps(LogicalType type) {
            return super.maps(type) && ((TimestampType) type).getPrecision() > 6;
        }
    },
    TIMESTAMP_LTZ(
            "TIMESTAMP_LTZ(p), p <= 6",
            "TIMESTAMP WITH TIME ZONE",
            Select.MICROSECONDS,
            "TIMESTAMP WITH TIME ZONE",
            "TIMESTAMP WITH TIME ZONE",
            LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
        @Override
        boolean maps(LogicalType type) {
            return super.maps(type) && ((LocalZonedTimestampType) type).getPrecision() <= 6;
        }
    };

    /** The most decimal digits of DuckDB's integers; those of 128 bits have 39, Flink has 38. */
    private static final Map<String, Integer> INTEGER_DIGITS =
            Map.of(
                    "TINYINT", 3,
                    "UTINYINT", 3,
                    "SMALLINT", 5,
                    "USMALLINT", 5,
                    "INTEGER", 10,
                    "UINTEGER", 10,
                    "BIGINT", 19,
                    "UBIGINT", 20,
                    "HUGEINT", 38,
                    "UHUGEINT", 38);

    final String flinkTypes;
    final String ddl;
    final Select select;
    final String written;
    final String read;
    private final List<LogicalTypeRoot> roots;

    /** Without roots: Flink's root has the name of the constant. */
    ScalarMapping(
            String flinkTypes,
            String ddl,
            Select select,
            String written,
            String read,
            LogicalTypeRoot... roots) {
        this.flinkTypes = flinkTypes;
        this.ddl = ddl;
        this.select = select;
        this.written = written;
        this.read = read;
        this.roots = roots.length == 0 ? List.of(LogicalTypeRoot.valueOf(name())) : List.of(roots);
    }

    static Optional<ScalarMapping> of(LogicalType type) {
        return Arrays.stream(values()).filter(mapping -> mapping.maps(type)).findFirst();
    }

    boolean maps(LogicalType type) {
        return roots.contains(type.getTypeRoot());
    }

    String ddl(LogicalType type) {
        return ddl;
    }

    boolean writesInto(DuckType column, LogicalType type) {
        return lists(written, column);
    }

    boolean readsFrom(DuckType column, LogicalType type) {
        return lists(read, column);
    }

    /** Why rows in JSON cannot carry the type into the column, or null. */
    String jsonRefusal(DuckType column) {
        return switch (column.name()) {
            case "BLOB" -> "JSON holds no bytes";
            case "JSON" -> "a text in JSON would become a JSON string, not the document";
            default -> null;
        };
    }

    /** The expression whose JSON is the column's exact value. */
    String select(String column, DuckType columnType, LogicalType type) {
        return select.of(column, columnType.ddl(), ddl(type));
    }

    private static boolean lists(String names, DuckType column) {
        return Arrays.stream(names.split(", "))
                .map(name -> name.replaceAll(" \\(.*\\)", ""))
                .anyMatch(column.name()::equals);
    }

    private static Decimal decimal(LogicalType type) {
        DecimalType decimal = (DecimalType) type;
        return new Decimal(decimal.getPrecision(), decimal.getScale());
    }

    private static boolean fits(Decimal narrow, Decimal wide) {
        return wide.scale() >= narrow.scale()
                && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
    }

    /** How a column is selected, so that any server renders it exactly. */
    enum Select {
        AS_IT_IS("$") {
            @Override
            String of(String column, String columnType, String type) {
                return column;
            }
        },
        TEXT("CAST($ AS VARCHAR)") {
            @Override
            String of(String column, String columnType, String type) {
                String widened = columnType.equals(type) ? column : SqlText.cast(column, type);
                return type.equals("VARCHAR") ? widened : SqlText.cast(widened, "VARCHAR");
            }
        },
        MICROSECONDS("epoch_us($)") {
            @Override
            String of(String column, String columnType, String type) {
                return finite(column, "epoch_us(" + column + ")");
            }
        },
        NANOSECONDS("epoch_ns($)") {
            @Override
            String of(String column, String columnType, String type) {
                return finite(column, "epoch_ns(" + column + ")");
            }
        },
        HEX("hex($)") {
            @Override
            String of(String column, String columnType, String type) {
                return "hex(" + column + ")";
            }
        };

        /** For the documentation. */
        final String pattern;

        Select(String pattern) {
            this.pattern = pattern;
        }

        abstract String of(String column, String columnType, String type);

        /** DuckDB counts an infinite timestamp as NULL microseconds: say it instead. */
        private static String finite(String column, String expression) {
            return "CASE WHEN isinf("
                    + column
                    + ") THEN error('an infinite timestamp cannot be read into Flink') ELSE "
                    + expression
                    + " END";
        }
    }
}
