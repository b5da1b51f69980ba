package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One job of some seconds that appends numbers to a table and keeps totals of them, with deletes,
 * in another; what has to be in both in the end is known.
 */
final class Workload {

    private static final long NUMBERS = 60_000;
    private static final long PER_SECOND = 10_000;
    private static final long KEYS = 500;
    private static final long PER_KEY = NUMBERS / KEYS;

    private final TestBed bed;
    private final Guarantee guarantee;
    private final String appended;
    private final String totals;
    private final String gate;

    /**
     * @param name of the tables, in the lakehouse as well
     */
    Workload(TestBed bed, String name, Guarantee guarantee) {
        this.bed = bed;
        this.guarantee = guarantee;
        this.appended = name + "_appended";
        this.totals = name + "_totals";
        this.gate = name + "_gate";
    }

    void declare(SqlGateway sql) throws Exception {
        bed.lakehouse().execute("CREATE TABLE lake.main." + gate + " (n BIGINT)");
        bed.lakehouse()
                .fault(
                        Map.of(
                                "action",
                                "status",
                                "status",
                                503,
                                "retry_after",
                                "1",
                                "path",
                                "/query",
                                "statement",
                                gate,
                                "times",
                                0));
        TestBed.declareNumbers(sql, NUMBERS, PER_SECOND);
        bed.declare(sql, gate, "n BIGINT");
        sql.rows("CREATE VIEW incoming AS SELECT n FROM numbers UNION ALL SELECT n FROM " + gate);
        bed.declare(sql, appended, "n BIGINT, words STRING", guarantee.option());
        bed.declare(
                sql,
                totals,
                "k BIGINT, c BIGINT, s BIGINT, PRIMARY KEY (k) NOT ENFORCED",
                guarantee.option());
    }

    /** Starts the job; the same text each time, so that it is the same job for a savepoint. */
    String submit(SqlGateway sql) throws Exception {
        return sql.submit(
                "EXECUTE STATEMENT SET BEGIN INSERT INTO "
                        + appended
                        + " SELECT n, 'number ' || CAST(n AS STRING) FROM incoming; INSERT INTO "
                        + totals
                        + " SELECT * FROM (SELECT MOD(n, "
                        + KEYS
                        + ") AS k, COUNT(*) AS c, SUM(n) AS s FROM incoming GROUP BY MOD(n, "
                        + KEYS
                        + ")) WHERE MOD(k, 2) = 0 OR c < "
                        + PER_KEY / 2
                        + "; END");
    }

    /** Until it is in the middle: something is in both tables, and in a checkpoint. */
    void awaitMiddle(String job) throws Exception {
        bed.rest().awaitCheckpoints(job, 1);
        Await.until(
                "something is in both tables",
                () -> bed.lakehouse().count(appended) > 0 && bed.lakehouse().count(totals) > 0);
        bed.rest().awaitCheckpoints(job, 1);
    }

    /** Lets the job end, and waits until it has. */
    void finish(String job) throws Exception {
        bed.lakehouse().clearFaults();
        bed.rest().awaitFinished(job);
    }

    /** After failures. */
    void checkGuarantee() throws Exception {
        JsonNode counts = counts();
        guarantee.checkAppended(counts.get(0).asLong(), counts.get(1).asLong(), NUMBERS);
        checkTotals();
    }

    /** Where nothing failed: each row once, whatever is guaranteed. */
    void checkExact() throws Exception {
        assertThat(counts().toString()).isEqualTo("[" + NUMBERS + "," + NUMBERS + ",true]");
        checkTotals();
    }

    private JsonNode counts() throws Exception {
        return bed.lakehouse()
                .rows(
                        "SELECT count(*), count(DISTINCT n), bool_and(words = 'number ' || n) FROM"
                                + " lake.main."
                                + appended)
                .get(0);
    }

    private void checkTotals() throws Exception {
        long even = KEYS / 2;
        // k + (k + KEYS) + (k + 2 * KEYS) + …
        long constant = KEYS * PER_KEY * (PER_KEY - 1) / 2;
        assertThat(
                        bed.lakehouse()
                                .row(
                                        "SELECT count(*), count(DISTINCT k), bool_and(k % 2 = 0 AND"
                                                + " c = "
                                                + PER_KEY
                                                + " AND s = k * "
                                                + PER_KEY
                                                + " + "
                                                + constant
                                                + ") FROM lake.main."
                                                + totals))
                .as("totals")
                .isEqualTo("[" + even + "," + even + ",true]");
    }
}
