package ai.altertable.flink.cluster;

import java.util.Map;

/** A job that copies a table, split by split, slowly enough to be met in the middle. */
final class SlowCopy {

    static final int ROWS = 40_000;

    private static final int SPLITS = 40;
    private static final int MILLIS_A_SPLIT = 500;

    private final TestBed bed;
    private final Guarantee guarantee;
    private final String from;
    private final String to;

    /**
     * @param name of the tables
     */
    SlowCopy(TestBed bed, String name, Guarantee guarantee) throws Exception {
        this.bed = bed;
        this.guarantee = guarantee;
        this.from = name + "_from";
        this.to = name + "_to";
        bed.lakehouse()
                .execute(
                        "CREATE TABLE lake.main."
                                + from
                                + " AS SELECT i AS id FROM range("
                                + ROWS
                                + ") AS r (i)");
        bed.lakehouse()
                .fault(
                        Map.of(
                                "action",
                                "delay",
                                "delay_ms",
                                MILLIS_A_SPLIT,
                                "path",
                                "/query",
                                "statement",
                                from,
                                "times",
                                0));
    }

    String submit(SqlGateway sql) throws Exception {
        bed.declare(
                sql,
                from,
                "id BIGINT",
                "'scan.partition.column' = 'id'",
                "'scan.partition.num' = '" + SPLITS + "'");
        bed.declare(sql, to, "id BIGINT", guarantee.option());
        return sql.submit("INSERT INTO " + to + " SELECT id FROM " + from);
    }

    void awaitMiddle() throws Exception {
        // The sink makes the table.
        Await.until(
                "some rows are copied",
                () ->
                        !bed.lakehouse()
                                        .rows(
                                                "SELECT 1 FROM duckdb_tables() WHERE table_name = '"
                                                        + to
                                                        + "'")
                                        .isEmpty()
                                && rows() > 0);
    }

    long rows() throws Exception {
        return bed.lakehouse().count(to);
    }

    /** How many rows the copy has, and how many different ones. */
    String counts() throws Exception {
        return bed.lakehouse().row("SELECT count(*), count(DISTINCT id) FROM lake.main." + to);
    }
}
