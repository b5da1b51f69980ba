package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements to a SQL gateway, with nothing of ours on the cluster but the one jar. */
@ExtendWith(TestBeds.Extension.class)
class SqlITCase {

    private static final int MANY = 100_000;
    private static final int AT_ONCE = 10_000_000;

    @ParameterizedTest
    @EnumSource
    void appendsAndReadsBackWhatIsAskedFor(FlinkVersion version, TestBeds beds) throws Exception {
        TestBed bed = beds.of(version);
        String columns = "id BIGINT, country STRING, amount DECIMAL(10, 2), placed TIMESTAMP(6)";
        try (SqlGateway sql = bed.streaming()) {
            TestBed.declareNumbers(sql, MANY, AT_ONCE);
            bed.declare(sql, "orders", columns);
            bed.run(
                    sql,
                    "INSERT INTO orders SELECT n, ELT(CAST(MOD(n, 4) AS INT) + 1, 'DE', 'FR', 'IT',"
                            + " 'ES'), CAST(n AS DECIMAL(10, 2)) / 100, TIMESTAMPADD(SECOND, CAST(n"
                            + " AS INT), TIMESTAMP '2026-01-01 00:00:00') FROM numbers");
        }

        assertThat(
                        bed.lakehouse()
                                .row(
                                        "SELECT count(*), count(DISTINCT id), CAST(sum(amount) AS"
                                                + " VARCHAR) FROM lake.main.orders"))
                .isEqualTo("[100000,100000,\"49999500.00\"]");
        String query = "SELECT id, country, amount, placed FROM orders WHERE id > 99997";
        try (SqlGateway sql = bed.batch()) {
            bed.declare(sql, "orders", columns);
            assertThat(sql.rows(query))
                    .containsExactlyInAnyOrder(
                            List.of("99998", "IT", "999.98", "2026-01-02T03:46:38"),
                            List.of("99999", "ES", "999.99", "2026-01-02T03:46:39"));
            assertThat(sql.rows("EXPLAIN SELECT id FROM orders WHERE id > 99997").toString())
                    .contains("filter=[>(id, 99997)]", "project=[id]");
            assertThat(sql.rows("SELECT country, COUNT(*) FROM orders GROUP BY country"))
                    .containsExactlyInAnyOrder(
                            List.of("DE", "25000"),
                            List.of("FR", "25000"),
                            List.of("IT", "25000"),
                            List.of("ES", "25000"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void upsertsAndDeletesByAChangelog(FlinkVersion version, TestBeds beds) throws Exception {
        TestBed bed = beds.of(version);
        try (SqlGateway sql = bed.streaming()) {
            TestBed.declareNumbers(sql, MANY, AT_ONCE);
            bed.declare(
                    sql, "totals", "k BIGINT, c BIGINT, s BIGINT, PRIMARY KEY (k) NOT ENFORCED");
            // The odd keys are there until they have been seen too often.
            bed.run(
                    sql,
                    "INSERT INTO totals SELECT * FROM (SELECT MOD(n, 1000) AS k, COUNT(*) AS c,"
                            + " SUM(n) AS s FROM numbers GROUP BY MOD(n, 1000)) WHERE MOD(k, 2) = 0"
                            + " OR c < 50");
        }

        assertThat(
                        bed.lakehouse()
                                .row(
                                        "SELECT count(*), count(DISTINCT k), bool_and(k % 2 = 0 AND"
                                                + " c = 100 AND s = 100 * k + 4950000) FROM"
                                                + " lake.main.totals"))
                .isEqualTo("[500,500,true]");
    }

    @Test
    void joinsAStreamWithATable(TestBeds beds) throws Exception {
        TestBed bed = beds.of(FlinkVersion.NEWEST);
        bed.lakehouse()
                .execute(
                        "CREATE TABLE lake.main.customers AS SELECT i AS id, 'customer ' || i AS"
                                + " name FROM range(100) AS r (i)");
        try (SqlGateway sql = bed.streaming()) {
            TestBed.declareNumbers(sql, MANY, AT_ONCE);
            bed.declare(sql, "customers", "id BIGINT, name STRING");
            bed.declare(sql, "joined", "n BIGINT, name STRING");
            bed.run(
                    sql,
                    "INSERT INTO joined SELECT n, name FROM numbers JOIN customers ON MOD(n, 200) ="
                            + " id");
        }

        assertThat(
                        bed.lakehouse()
                                .row(
                                        "SELECT count(*), count(DISTINCT n), bool_and(name ="
                                                + " 'customer ' || n % 200) FROM lake.main.joined"))
                .isEqualTo("[50000,50000,true]");
    }

    @ParameterizedTest
    @CsvSource({"NEWEST, batch", "NEWEST, streaming", "OLDEST, batch"})
    void copiesATable(FlinkVersion version, String mode, TestBeds beds) throws Exception {
        TestBed bed = beds.of(version);
        String from = "from_" + mode;
        String copy = "copy_" + mode;
        bed.lakehouse()
                .execute(
                        "CREATE TABLE lake.main."
                                + from
                                + " AS SELECT i AS id, i / 8 AS price, [i, NULL, -i] AS list,"
                                + " nullif('text ' || i % 1000, 'text 7') AS words FROM"
                                + " range(100000) AS r (i)");
        String columns = "id BIGINT, price DOUBLE, list ARRAY<BIGINT>, words STRING";
        try (SqlGateway sql = mode.equals("batch") ? bed.batch() : bed.streaming()) {
            bed.declare(
                    sql,
                    from,
                    columns,
                    "'scan.partition.column' = 'id'",
                    "'scan.partition.num' = '7'");
            bed.declare(sql, copy, columns);
            bed.run(sql, "INSERT INTO " + copy + " SELECT * FROM " + from);
        }

        assertThat(bed.lakehouse().count(copy)).isEqualTo(100_000);
        assertThat(
                        bed.lakehouse()
                                .rows(
                                        "FROM lake.main."
                                                + from
                                                + " EXCEPT ALL FROM lake.main."
                                                + copy))
                .isEmpty();
    }
}
