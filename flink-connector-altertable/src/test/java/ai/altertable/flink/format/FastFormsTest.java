package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms in which a lakehouse gives nearly all values do not need the strict way. */
class FastFormsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    BIGINT            | 9223372036854775807
                    BIGINT            | null
                    INT               | -17
                    DECIMAL(15, 2)    | "1234.56"
                    DECIMAL(38, 10)   | "1234567890123456789012345678.0123456789"
                    FLOAT             | 0.1
                    DOUBLE            | -1.5e300
                    BOOLEAN           | true
                    DATE              | "2024-05-01"
                    TIME(3)           | "13:45:00.123"
                    TIMESTAMP(3)      | 1714567890123456
                    TIMESTAMP_LTZ(6)  | 1714567890123456
                    STRING            | "TRUCK"
                    STRING            | "carefully \\"final\\" requests 😀"
                    BYTES             | "00FF"
                    ARRAY<INT>        | [1,null,3]
                    ARRAY<STRING>     | []
                    MAP<STRING, INT>  | [["a",1],["b",null]]
                    ROW<a INT, b ARRAY<ROW<c DECIMAL(20, 1)>>> | [1,[["2.5"],null]]
                    """)
    void areReadFast(String sqlType, String json) {
        LogicalType type = LogicalTypeParser.parse(sqlType, getClass().getClassLoader());
        byte[] line = ("[" + json + "]").getBytes(UTF_8);
        byte[] bytes = Arrays.copyOf(line, line.length + LineBuffer.PADDING);
        bytes[line.length] = '\n';

        assertThat(new StructDecoder(RowType.of(type), "").fastFields(bytes, 0))
                .isEqualTo(line.length);
    }
}
