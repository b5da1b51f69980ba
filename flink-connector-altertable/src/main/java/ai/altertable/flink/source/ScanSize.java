package ai.altertable.flink.source;

import ai.altertable.flink.client.Explanation;
import ai.altertable.flink.format.DuckType;
import ai.altertable.flink.format.SqlText;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;

/**
 * How much a scan is: what arrives here, which is neither what files nor what memory holds.
 *
 * @param rows how many, perhaps estimated
 * @param bytesPerRow of the first rows, as lines of an answer
 */
record ScanSize(long rows, double bytesPerRow) {

    /**
     * Rows that are looked at. The first ones: a sample of all would read every column of the whole
     * table.
     */
    private static final int MEASURED_ROWS = 10_000;

    /** The quotes and the comma of a value, and the word for none. */
    private static final int SURROUNDINGS = 3;

    private static final int NULL_LENGTH = 4;

    /** Splits are planned so much smaller than they may be, since they never come out equal. */
    private static final double FILL = 0.6;

    /** What is smaller is not worth a split of its own just to employ a reader. */
    private static final long SMALLEST_PART = 4 << 20;

    /** An estimate may be off by any factor; this many are terabytes. */
    private static final double MAX_SPLITS = 100_000;

    static ScanSize measure(
            Questions questions, Scan scan, ScanSql sql, List<DuckType.Field> columns)
            throws IOException {
        String lines =
                ScanSql.decodedType(scan).getFieldNames().stream()
                        .map(ScanSize::length)
                        .collect(Collectors.joining(" + "));
        RowData measured =
                questions
                        .rows(
                                "SELECT count(*) AS f0, coalesce(CAST(sum("
                                        + lines
                                        + ") AS BIGINT), 0) AS f1 FROM ("
                                        + new ScanSql(scan.limit(limit(scan)), sql.snapshot())
                                                .template(columns)
                                                .statement(ScanSql.EVERY_ROW)
                                        + ")",
                                new BigIntType(),
                                new BigIntType())
                        .get(0);
        long looked = measured.getLong(0);
        double bytesPerRow = (double) measured.getLong(1) / Math.max(1, looked);
        return new ScanSize(
                looked < limit(scan)
                        ? looked
                        : Math.max(looked, Math.min(count(questions, scan, sql), scan.limit())),
                bytesPerRow);
    }

    private static long limit(Scan scan) {
        return Math.min(MEASURED_ROWS, scan.limit());
    }

    private static String length(String column) {
        return "coalesce(strlen(CAST(%s AS VARCHAR)), %d) + %d"
                .formatted(SqlText.identifier(column), NULL_LENGTH, SURROUNDINGS);
    }

    private static long count(Questions questions, Scan scan, ScanSql sql) throws IOException {
        if (scan.relation() instanceof Scan.Table && scan.where().isEmpty()) {
            OptionalLong estimated =
                    questions
                            .explain(sql.select("*", ScanSql.EVERY_ROW))
                            .map(Explanation::tables)
                            .filter(tables -> tables.size() == 1)
                            .map(tables -> tables.get(0).estimatedRows())
                            .orElse(OptionalLong.empty());
            if (estimated.isPresent()) {
                return estimated.getAsLong();
            }
        }
        return questions
                .rows(sql.select("count(*) AS f0", ScanSql.EVERY_ROW), new BigIntType())
                .get(0)
                .getLong(0);
    }

    double bytes() {
        return rows * bytesPerRow;
    }

    /** How many splits make each small enough, and give every reader one if that is worth it. */
    int splits(long maxSplitSize, int readers) {
        double forSize = Math.ceil(bytes() / (maxSplitSize * FILL));
        double forReaders = Math.min(readers, Math.floor(bytes() / SMALLEST_PART));
        return (int) Math.max(1, Math.min(MAX_SPLITS, Math.max(forSize, forReaders)));
    }
}
