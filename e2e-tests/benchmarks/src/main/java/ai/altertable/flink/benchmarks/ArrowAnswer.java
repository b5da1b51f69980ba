package ai.altertable.flink.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/** Rows of {@link Lineitem} as a stream of Arrow, as Flight SQL brings them, made and read. */
final class ArrowAnswer {

    private static final BufferAllocator MEMORY = new RootAllocator();

    /** As many as DuckDB puts into one batch. */
    private static final int BATCH = 2048;

    private ArrowAnswer() {}

    static byte[] of(RowData[] rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema(), MEMORY);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, out)) {
            for (int from = 0; from < rows.length; from += BATCH) {
                int count = Math.min(BATCH, rows.length - from);
                root.allocateNew();
                for (int i = 0; i < count; i++) {
                    for (int column = 0; column < Lineitem.TYPE.getFieldCount(); column++) {
                        set(root.getVector(column), i, rows[from + i], column);
                    }
                }
                root.setRowCount(count);
                writer.writeBatch();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static Schema schema() {
        List<String> names = Lineitem.TYPE.getFieldNames();
        return new Schema(
                IntStream.range(0, names.size())
                        .mapToObj(
                                i ->
                                        Field.notNullable(
                                                names.get(i), type(Lineitem.TYPE.getTypeAt(i))))
                        .toList());
    }

    private static ArrowType type(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BIGINT -> new ArrowType.Int(64, true);
            case INTEGER -> new ArrowType.Int(32, true);
            case DECIMAL -> new ArrowType.Decimal(15, 2, 128);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            default -> new ArrowType.Utf8();
        };
    }

    private static void set(FieldVector vector, int i, RowData row, int column) {
        if (vector instanceof BigIntVector longs) {
            longs.setSafe(i, row.getLong(column));
        } else if (vector instanceof IntVector ints) {
            ints.setSafe(i, row.getInt(column));
        } else if (vector instanceof DecimalVector decimals) {
            decimals.setSafe(i, row.getDecimal(column, 15, 2).toUnscaledLong());
        } else if (vector instanceof DateDayVector days) {
            days.setSafe(i, row.getInt(column));
        } else {
            ((VarCharVector) vector).setSafe(i, row.getString(column).toBytes());
        }
    }

    /** A row at a time, since that is what Flink takes; no value by way of an Arrow object. */
    static void read(byte[] answer, Consumer<RowData> rows) throws IOException {
        try (ArrowStreamReader reader =
                new ArrowStreamReader(new ByteArrayInputStream(answer), MEMORY)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            FieldVector[] vectors = root.getFieldVectors().toArray(FieldVector[]::new);
            while (reader.loadNextBatch()) {
                for (int i = 0; i < root.getRowCount(); i++) {
                    GenericRowData row = new GenericRowData(vectors.length);
                    for (int column = 0; column < vectors.length; column++) {
                        row.setField(column, get(vectors[column], i));
                    }
                    rows.accept(row);
                }
            }
        }
    }

    private static Object get(FieldVector vector, int i) {
        if (vector.isNull(i)) {
            return null;
        } else if (vector instanceof VarCharVector texts) {
            return StringData.fromBytes(texts.get(i));
        } else if (vector instanceof BigIntVector longs) {
            return longs.get(i);
        } else if (vector instanceof DecimalVector decimals) {
            long unscaled = decimals.getDataBuffer().getLong(16L * i);
            return DecimalData.fromUnscaledLong(unscaled, 15, 2);
        } else if (vector instanceof DateDayVector days) {
            return days.get(i);
        }
        return ((IntVector) vector).get(i);
    }
}
