package ai.altertable.flink;

import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.ParquetCodec;
import ai.altertable.flink.format.ParquetEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** What a job does with the jar; loaded by a class loader that has nothing else. */
public final class EncodesParquet {

    private EncodesParquet() {}

    public static byte[] encode(String codec) throws IOException {
        RowType type = RowType.of(new BigIntType(), VarCharType.STRING_TYPE);
        try (ParquetEncoder encoder =
                new ParquetEncoder(ColumnBinding.identity(type), ParquetCodec.valueOf(codec))) {
            for (long i = 0; i < 1_000; i++) {
                encoder.add(GenericRowData.of(i, StringData.fromString("text " + i)));
            }
            Chunk chunk = encoder.seal();
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            chunk.writeTo(file);
            return file.toByteArray();
        }
    }
}
