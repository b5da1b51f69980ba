package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetCodecTest {

    /** Where the native library cannot be loaded, files are the same to their readers. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 100_000, 3_000_000})
    void zstdOfJavaAloneIsZstd(int length) {
        byte[] page = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            page[i] = (byte) random.nextInt(1 + i % 50);
        }

        try (ParquetCodec.Compressor compressor = ParquetCodec.javaZstd()) {
            byte[] compressed = new byte[compressor.maxLength(length)];
            int compressedLength = compressor.compress(page, 0, length, compressed);

            assertThat(Zstd.decompress(Arrays.copyOf(compressed, compressedLength), length))
                    .isEqualTo(page);
        }
    }
}
