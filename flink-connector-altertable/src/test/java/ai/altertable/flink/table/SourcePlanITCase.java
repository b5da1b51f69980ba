package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What goes down, as EXPLAIN says it; no lakehouse has to be there for that. */
class SourcePlanITCase {

    private static final String WITHOUT_DECIMALS =
            "id INT NOT NULL, big BIGINT, flag BOOLEAN, price DOUBLE, name STRING, moment"
                    + " TIMESTAMP(3), tiny TINYINT, r ROW<a INT, q ROW<w STRING, e INT>>";

    private final TableEnvironment batch =
            TableEnvironment.create(EnvironmentSettings.inBatchMode());

    private final TableEnvironment streaming =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeEach
    void declare() {
        for (TableEnvironment tables : List.of(batch, streaming)) {
            declare(tables, "t", WITHOUT_DECIMALS, "'table' = 't'");
            declare(tables, "money", "id INT, amount DECIMAL(10, 2)", "'table' = 'money'");
        }
    }

    private static void declare(
            TableEnvironment tables, String name, String columns, String options) {
        tables.executeSql(
                "CREATE TABLE "
                        + name
                        + " ("
                        + columns
                        // Nobody listens there; a plan does not need anybody.
                        + ") WITH ('connector' = 'altertable', 'url' = 'http://localhost:1',"
                        + " 'username' = 'u', 'password' = 'p', 'catalog' = 'lake', "
                        + options
                        + ")");
    }

    /** The scan's line, and whether there is anything between it and the end. */
    private static String plan(TableEnvironment tables, String sql) {
        String all = tables.explainSql(sql);
        String from = "== Optimized Physical Plan ==";
        int begin = all.indexOf(from) + from.length();
        return all.substring(begin, all.indexOf("== Optimized Execution Plan ==")).strip();
    }

    @Nested
    class Filters {

        @Test
        void goDownAndAreGoneWhereTheyMeanTheSame() {
            String plan = plan(streaming, "SELECT id FROM t WHERE id > 5 AND big IS NOT NULL");

            assertThat(plan)
                    .startsWith("TableSourceScan")
                    .contains("filter=[and(>(id, 5), IS NOT NULL(big))]")
                    .contains("project=[id]");
        }

        @Test
        void goDownAndStayWhereFlinkHasTheLastWord() {
            String plan = plan(streaming, "SELECT id FROM t WHERE name = 'a' AND price > 1.5");

            assertThat(plan).startsWith("Calc(").contains("filter=[and(").contains("=(name, ");
        }

        @Test
        void stayWhereTheyAreFlinks() {
            String plan = plan(streaming, "SELECT id FROM t WHERE name LIKE 'a%' OR id = 3");

            assertThat(plan).startsWith("Calc(").contains("filter=[]");
        }

        @Test
        void areTakenApartAtAnd() {
            String plan = plan(streaming, "SELECT id FROM t WHERE name LIKE 'a%' AND id = 3");

            assertThat(plan)
                    .contains("where=[LIKE(name, ")
                    .contains("filter=[=(id, 3)]")
                    .contains("project=[name]");
        }

        @Test
        void ofFieldsGoDown() {
            assertThat(plan(streaming, "SELECT id FROM t WHERE r.q.e BETWEEN 2 AND 3"))
                    .startsWith("TableSourceScan")
                    .contains("r.q.e");
        }

        @Test
        void stayWhenTheyAreToldTo() {
            declare(
                    streaming,
                    "kept",
                    "id INT",
                    "'table' = 't', 'filter.handling.policy' = 'never'");

            assertThat(plan(streaming, "SELECT id FROM kept WHERE id = 3"))
                    .contains("where=[=(id, 3)]")
                    .contains("filter=[]");
        }
    }

    @Nested
    class Projections {

        @Test
        void readWhatIsAskedFor() {
            assertThat(plan(streaming, "SELECT name, id FROM t"))
                    .startsWith("TableSourceScan")
                    .contains("project=[name, id]");
        }

        @Test
        void readFieldsOfRows() {
            assertThat(plan(streaming, "SELECT r.q.e, r.a, id FROM t"))
                    .startsWith("TableSourceScan")
                    .contains("project=[r_q_e, r_a, id]");
        }
    }

    @Test
    void readsWithTheParallelismThatIsAskedFor() {
        declare(streaming, "wide", "id INT", "'table' = 't', 'scan.parallelism' = '37'");

        assertThat(streaming.explainSql("SELECT id FROM wide", ExplainDetail.JSON_EXECUTION_PLAN))
                .contains("\"parallelism\" : 37");
    }

    @Nested
    class Limits {

        @Test
        void goDown() {
            for (TableEnvironment tables : List.of(batch, streaming)) {
                assertThat(plan(tables, "SELECT id FROM t WHERE id > 3 LIMIT 10"))
                        .contains("limit=[10]");
            }
        }

        @Test
        void wouldComeTooEarlyWhereFlinkFilters() {
            assertThat(plan(batch, "SELECT id FROM t WHERE name = 'a' LIMIT 10"))
                    .contains("filter=[=(name, ")
                    .doesNotContain("limit=[10]");
        }
    }

    @Nested
    class Aggregates {

        @Test
        void goDownAsAWhole() {
            assertThat(
                            plan(
                                    batch,
                                    "SELECT name, COUNT(*), COUNT(big), MIN(moment), MAX(id) FROM t"
                                            + " WHERE id > 3 GROUP BY name"))
                    .contains("aggregates=[grouping=[name], aggFunctions=[")
                    .doesNotContain("LocalHashAggregate");
        }

        @Test
        void goDownWithoutGroups() {
            assertThat(plan(batch, "SELECT COUNT(*) FROM t"))
                    .contains("aggregates=[grouping=[], aggFunctions=[Count1AggFunction()]");
        }

        @Test
        void goDownOnFields() {
            assertThat(plan(batch, "SELECT r.a, MAX(r.q.e) FROM t GROUP BY r.a"))
                    .contains("aggregates=[grouping=[r_a]");
        }

        @Test
        void stayWhereTheyMeanSomethingElse() {
            for (String aggregate :
                    List.of(
                            "COUNT(DISTINCT id)",
                            "COUNT(*) FILTER (WHERE id > 3)",
                            "MAX(price)",
                            "MIN(name)",
                            "SUM(id)",
                            "SUM(big)",
                            "SUM(price)",
                            "AVG(price)",
                            "AVG(big)",
                            "MAX(id + 1)",
                            "STDDEV_POP(id)")) {
                assertThat(plan(batch, "SELECT " + aggregate + " FROM t"))
                        .as(aggregate)
                        .doesNotContain("aggregates=[");
            }
        }

        @Test
        void stayBehindWhatFlinkFilters() {
            assertThat(plan(batch, "SELECT COUNT(*) FROM t WHERE name = 'a'"))
                    .contains("filter=[=(name, ")
                    .doesNotContain("aggregates=[");
        }

        @Test
        void stayBehindALimit() {
            assertThat(plan(batch, "SELECT COUNT(*) FROM (SELECT id FROM t LIMIT 5)"))
                    .contains("limit=[5]")
                    .doesNotContain("aggregates=[");
        }

        @Test
        void stayInGroupsByWhatDuckDbGroupsCoarser() {
            assertThat(plan(batch, "SELECT price, COUNT(*) FROM t GROUP BY price"))
                    .doesNotContain("aggregates=[");
        }

        /** Flink's planner fails it for every source that takes aggregates. */
        @Test
        void doNotKeepAnybodyFromAveragingDecimals() {
            assertThat(plan(batch, "SELECT AVG(amount) FROM money"))
                    .contains("AVG")
                    .doesNotContain("aggregates=[");
        }

        @Test
        void goDownBesideDecimalsOnRequest() {
            assertThat(plan(batch, "SELECT SUM(amount) FROM money")).doesNotContain("aggregates=[");

            batch.getConfig().set("table.optimizer.source.aggregate-pushdown-enabled", "true");

            assertThat(plan(batch, "SELECT SUM(amount) FROM money"))
                    .contains("aggregates=[grouping=[], aggFunctions=[");
            // The day that this passes, a table with decimals can take aggregates without asking.
            assertThatThrownBy(() -> plan(batch, "SELECT AVG(amount) FROM money"))
                    .hasMessageContaining("Avg aggregate function does not support");
        }

        @Test
        void stayWhenFlinkIsToldTo() {
            batch.getConfig().set("table.optimizer.source.aggregate-pushdown-enabled", "false");

            assertThat(plan(batch, "SELECT COUNT(*) FROM t")).doesNotContain("aggregates=[");
        }
    }

    @Nested
    class Declarations {

        private void refused(String columns, String options, String... words) {
            declare(batch, "wrong", columns, options);
            try {
                assertThatThrownBy(() -> batch.explainSql("SELECT * FROM wrong"))
                        .satisfies(
                                e ->
                                        assertThat(rootOf(e).getMessage())
                                                .as(options)
                                                .contains(words));
            } finally {
                batch.executeSql("DROP TABLE wrong");
            }
        }

        private static Throwable rootOf(Throwable e) {
            return e.getCause() == null ? e : rootOf(e.getCause());
        }

        @Test
        void nameATableOrAQuery() {
            refused("id INT", "'schema' = 's'", "either", "'table'", "'scan.query'");
            refused(
                    "id INT",
                    "'table' = 't', 'scan.query' = 'SELECT 1 AS id'",
                    "either",
                    "'table'",
                    "'scan.query'");
        }

        @Test
        void nameAPartitionColumnWithAnOrder() {
            refused(
                    "id INT, tags ARRAY<STRING>",
                    "'table' = 't', 'scan.partition.column' = 'Tags'",
                    "'scan.partition.column'",
                    "Tags",
                    "ARRAY<STRING>",
                    "no order");
        }

        @Test
        void saySo() {
            refused(
                    "id INT",
                    "'table' = 't', 'scan.transport' = 'flight-sql'",
                    "'scan.transport'",
                    "http");
            refused(
                    "id INT",
                    "'table' = 't', 'scan.partition.num' = '0'",
                    "'scan.partition.num'",
                    "at least 1");
            refused("id INT", "'table' = 't', 'scan.snapshot' = 'new'", "'scan.snapshot'", "new");
            refused("id INT", "'table' = 't', 'scan.partitions' = '3'", "scan.partitions");
        }

        @Test
        void haveTypesThatCanBeRead() {
            refused(
                    "id INT, y TIMESTAMP_LTZ(8), z TIMESTAMP_LTZ(9)",
                    "'table' = 't'",
                    "y: TIMESTAMP_LTZ(8)",
                    "z: TIMESTAMP_LTZ(9)");
        }
    }
}
