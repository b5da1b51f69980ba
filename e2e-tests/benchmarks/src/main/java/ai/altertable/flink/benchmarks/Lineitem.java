package ai.altertable.flink.benchmarks;

import java.util.Arrays;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Rows like those of TPC-H's table lineitem: three 8-byte and one 4-byte integer, four decimals,
 * three dates and five strings, of which the last is a comment of a few words. The same seed gives
 * the same rows.
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

    private Lineitem() {}

    /** For a CREATE TABLE of Flink's. */
    static String columns() {
        String row = TYPE.asSerializableString();
        return "(" + row.substring(row.indexOf('<') + 1, row.lastIndexOf('>')) + ")";
    }

    /** More than the caches near a core hold. */
    public static RowData[] rows() {
        return rows(DISTINCT, 19920101L);
    }

    public static RowData[] rows(int count, long seed) {
        LineitemStream stream = new LineitemStream(seed);
        RowData[] rows = new RowData[count];
        Arrays.setAll(rows, i -> stream.next());
        return rows;
    }
}
