package ai.altertable.flink.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Rows like those of TPC-H's table lineitem: three 8-byte and one 4-byte integer, four decimals,
 * three dates and five strings, of which the comment hardly compresses. The same seed gives the
 * same rows; they are made before the measurement and used again and again.
 */
public final class Lineitem {

    private static final int DISTINCT = 20_000;
    private static final LogicalType BIGINT = new BigIntType(false);
    private static final LogicalType DECIMAL = new DecimalType(false, 15, 2);
    private static final LogicalType DATE = new DateType(false);
    private static final LogicalType STRING = new VarCharType(false, VarCharType.MAX_LENGTH);

    public static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {
                        BIGINT,
                        BIGINT,
                        BIGINT,
                        new IntType(false),
                        DECIMAL,
                        DECIMAL,
                        DECIMAL,
                        DECIMAL,
                        STRING,
                        STRING,
                        DATE,
                        DATE,
                        DATE,
                        STRING,
                        STRING,
                        STRING
                    },
                    new String[] {
                        "l_orderkey",
                        "l_partkey",
                        "l_suppkey",
                        "l_linenumber",
                        "l_quantity",
                        "l_extendedprice",
                        "l_discount",
                        "l_tax",
                        "l_returnflag",
                        "l_linestatus",
                        "l_shipdate",
                        "l_commitdate",
                        "l_receiptdate",
                        "l_shipinstruct",
                        "l_shipmode",
                        "l_comment"
                    });

    private static final String[] FLAGS = {"A", "N", "R"};
    private static final String[] STATUS = {"F", "O"};
    private static final String[] INSTRUCTIONS = {
        "COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN"
    };
    private static final String[] MODES = {
        "AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"
    };
    private static final String COMMENT_LETTERS =
            "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789.,;:-";
    private static final int FIRST_DAY = (int) LocalDate.of(1992, 1, 1).toEpochDay();

    private Lineitem() {}

    public static RowData[] rows() {
        return rows(DISTINCT, 19920101L);
    }

    public static RowData[] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RowData[] rows = new RowData[count];
        long order = 1;
        int line = 1;
        for (int i = 0; i < count; i++) {
            if (line > 7 || random.nextInt(4) == 0) {
                order += 1 + random.nextInt(25);
                line = 1;
            }
            rows[i] = row(random, order, line++);
        }
        return rows;
    }

    private static RowData row(SplittableRandom random, long order, int line) {
        int quantity = 1 + random.nextInt(50);
        int shipped = FIRST_DAY + random.nextInt(2526);
        return GenericRowData.of(
                order,
                1 + random.nextLong(20_000_000),
                1 + random.nextLong(1_000_000),
                line,
                decimal(quantity * 100L),
                decimal(quantity * (90_000L + random.nextLong(120_000))),
                decimal(random.nextLong(11)),
                decimal(random.nextLong(9)),
                oneOf(random, FLAGS),
                oneOf(random, STATUS),
                shipped,
                shipped - 30 + random.nextInt(91),
                shipped + 1 + random.nextInt(30),
                oneOf(random, INSTRUCTIONS),
                oneOf(random, MODES),
                comment(random));
    }

    private static DecimalData decimal(long cents) {
        return DecimalData.fromBigDecimal(BigDecimal.valueOf(cents, 2), 15, 2);
    }

    private static StringData oneOf(SplittableRandom random, String[] texts) {
        return text(texts[random.nextInt(texts.length)]);
    }

    private static StringData comment(SplittableRandom random) {
        char[] letters = new char[10 + random.nextInt(34)];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = COMMENT_LETTERS.charAt(random.nextInt(COMMENT_LETTERS.length()));
        }
        return text(new String(letters));
    }

    /** Bytes, as a row has them that came over Flink's network, not a Java string. */
    private static StringData text(String text) {
        return StringData.fromBytes(text.getBytes(UTF_8));
    }
}
