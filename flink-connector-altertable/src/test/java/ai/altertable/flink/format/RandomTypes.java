package ai.altertable.flink.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Random types: every one that is mapped, nested three deep, under names that need quoting. */
final class RandomTypes {

    private static final int MAX_DEPTH = 3;
    private static final String[] NAMES = {
        "a",
        "Mixed Case",
        "select",
        "q\"uote",
        "apo'strophe",
        "back\\slash",
        "emoji😀",
        "línea",
        "tab\there",
        "x1",
        "key",
        "value",
        "new\nline",
        "comma, (paren)",
        "ELEMENT"
    };

    private final Random random;
    private final boolean bytes;

    RandomTypes(Random random, boolean bytes) {
        this.random = random;
        this.bytes = bytes;
    }

    RowType rowType() {
        return row(1 + random.nextInt(8), 0, true);
    }

    private RowType row(int size, int depth, boolean nullable) {
        List<String> names = new ArrayList<>(List.of(NAMES));
        List<RowType.RowField> fields = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = names.remove(random.nextInt(names.size()));
            fields.add(new RowType.RowField(name, type(depth)));
        }
        return new RowType(nullable, fields);
    }

    LogicalType type(int depth) {
        int kind = random.nextInt(depth < MAX_DEPTH ? 19 : 15);
        return switch (kind) {
            case 15 -> new ArrayType(type(depth + 1));
            case 16 -> new MapType(keyType(), type(depth + 1));
            case 17 -> row(1 + random.nextInt(4), depth + 1, true);
            case 18 -> new MultisetType(keyType());
            default -> scalar(kind);
        };
    }

    private LogicalType keyType() {
        LogicalType type = scalar(random.nextInt(14));
        return type.copy(false);
    }

    private LogicalType scalar(int kind) {
        return switch (kind) {
            case 0 -> new BooleanType();
            case 1 -> new TinyIntType();
            case 2 -> new SmallIntType();
            case 3 -> new IntType();
            case 4 -> new BigIntType();
            case 5 -> new FloatType();
            case 6 -> new DoubleType();
            case 7 -> {
                int precision = 1 + random.nextInt(18);
                yield new DecimalType(precision, random.nextInt(precision + 1));
            }
            case 8 -> {
                int precision = random.nextBoolean() ? 38 : 19 + random.nextInt(20);
                yield new DecimalType(precision, random.nextInt(precision + 1));
            }
            case 9, 10 -> VarCharType.STRING_TYPE;
            case 11 -> new DateType();
            case 12 -> new TimeType(random.nextInt(10));
            case 13 -> new TimestampType(random.nextInt(10));
            default ->
                    bytes && random.nextBoolean()
                            ? new VarBinaryType(VarBinaryType.MAX_LENGTH)
                            : new LocalZonedTimestampType(random.nextInt(7));
        };
    }
}
