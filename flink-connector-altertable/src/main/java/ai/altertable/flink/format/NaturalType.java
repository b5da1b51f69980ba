package ai.altertable.flink.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** The Flink type in which each DuckDB type is at home. */
final class NaturalType {

    private NaturalType() {}

    /** What to do about a column that does not fit a declared type. */
    static String advice(DuckType type) {
        return of(type).map(LogicalType::asSummaryString)
                .map(declared -> "declare it as " + declared)
                .orElse("leave it out, or CAST it to VARCHAR in a scan.query");
    }

    static Optional<LogicalType> of(DuckType type) {
        if (type instanceof DuckType.Decimal decimal) {
            return Optional.of(new DecimalType(decimal.precision(), decimal.scale()));
        }
        if (type instanceof DuckType.Sequence sequence) {
            return of(sequence.element()).map(ArrayType::new);
        }
        if (type instanceof DuckType.MapOf map) {
            return of(map.key())
                    .flatMap(key -> of(map.value()).map(value -> new MapType(key, value)));
        }
        if (type instanceof DuckType.Struct struct) {
            List<RowType.RowField> fields = new ArrayList<>();
            for (DuckType.Field field : struct.fields()) {
                of(field.type())
                        .ifPresent(
                                natural -> fields.add(new RowType.RowField(field.name(), natural)));
            }
            return fields.size() == struct.fields().size()
                    ? Optional.of(new RowType(fields))
                    : Optional.empty();
        }
        return Optional.ofNullable(scalar(type));
    }

    private static LogicalType scalar(DuckType type) {
        return switch (type.name()) {
            case "BOOLEAN" -> new BooleanType();
            case "TINYINT" -> new TinyIntType();
            case "SMALLINT", "UTINYINT" -> new SmallIntType();
            case "INTEGER", "USMALLINT" -> new IntType();
            case "BIGINT", "UINTEGER" -> new BigIntType();
            case "UBIGINT" -> new DecimalType(20, 0);
            case "HUGEINT", "UHUGEINT" -> new DecimalType(38, 0);
            case "FLOAT" -> new FloatType();
            case "DOUBLE" -> new DoubleType();
            case "BLOB" -> new VarBinaryType(VarBinaryType.MAX_LENGTH);
            case "DATE" -> new DateType();
            case "TIME" -> new TimeType(3);
            case "TIMESTAMP_S" -> new TimestampType(0);
            case "TIMESTAMP_MS" -> new TimestampType(3);
            case "TIMESTAMP" -> new TimestampType(6);
            case "TIMESTAMP_NS" -> new TimestampType(9);
            case "TIMESTAMP WITH TIME ZONE" -> new LocalZonedTimestampType(6);
            default ->
                    ScalarMapping.STRING.readsFrom(type, VarCharType.STRING_TYPE)
                            ? VarCharType.STRING_TYPE
                            : null;
        };
    }
}
