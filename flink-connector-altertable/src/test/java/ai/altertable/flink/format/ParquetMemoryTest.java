package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetMemoryTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final RowType TYPE =
            RowType.of(
                    new BigIntType(), new DoubleType(), VarCharType.STRING_TYPE, new BigIntType());

    private final Random random = new Random(5);

    /** A limit of a chunk's size is held, for rows of a few bytes and of a megabyte. */
    @ParameterizedTest
    @CsvSource({"64, 40", "8, 0", "8, 40", "8, 3000", "8, 200000", "8, 1000000"})
    void theSizeOfTheOpenChunkIsTheSizeOfTheFileWithinATenth(int megabytes, int textLength) {
        ParquetEncoder encoder = encoder();
        long limit = (long) megabytes * MEGABYTE;
        RowData[] rows = new RowData[500];
        for (int i = 0; i < Math.min(rows.length, 1 + 50 * MEGABYTE / (textLength + 1)); i++) {
            rows[i] = row(textLength);
        }
        for (int chunk = 0; chunk < 2; chunk++) {
            while (encoder.sizeInBytes() < limit) {
                RowData row = rows[random.nextInt(rows.length)];
                encoder.add(row == null ? rows[0] : fresh(row));
            }
            Chunk sealed = encoder.seal();
            assertThat(sealed.sizeInBytes()).isCloseTo(limit, within(limit / 10 + textLength));
            sealed.release();
        }
    }

    @Test
    void blocksGoRoundFromChunkToChunk() {
        ParquetEncoder encoder = encoder();
        BlockPool pool = encoder.pool();
        for (int chunk = 0; chunk < 4; chunk++) {
            for (int i = 0; i < 100_000; i++) {
                encoder.add(row(20));
            }
            Chunk sealed = encoder.seal();
            int blocks = (int) (sealed.sizeInBytes() / BlockPool.BLOCK_SIZE) + 1;
            assertThat(pool.spareBlocks()).as("all are in the chunk").isLessThanOrEqualTo(1);
            sealed.release();
            assertThat(pool.spareBlocks()).as("all came back").isBetween(blocks, blocks + 1);
        }
    }

    /** What an encoder holds besides the chunk does not grow with the number of chunks. */
    @Test
    void aRowAllocatesNothingOfOurs() {
        ParquetEncoder encoder = encoder();
        RowData[] rows = new RowData[40_000];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(20);
        }
        encode(encoder, rows, 5);

        long before = allocated();
        encode(encoder, rows, 10);
        long each = (allocated() - before) / (10L * rows.length);

        assertThat(each).as("bytes a row").isLessThan(20);
    }

    private static void encode(ParquetEncoder encoder, RowData[] rows, int times) {
        for (int time = 0; time < times; time++) {
            for (RowData row : rows) {
                encoder.add(row);
            }
            encoder.seal().release();
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static ParquetEncoder encoder() {
        return new ParquetEncoder(ColumnBinding.identity(TYPE), ParquetCodec.ZSTD);
    }

    private RowData fresh(RowData row) {
        return GenericRowData.of(
                random.nextLong(), random.nextDouble(), row.getString(2), random.nextLong(1000));
    }

    private RowData row(int textLength) {
        byte[] text = new byte[textLength];
        for (int i = 0; i < textLength; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return GenericRowData.of(
                random.nextLong(),
                random.nextDouble(),
                StringData.fromBytes(text),
                random.nextLong(1000));
    }
}
