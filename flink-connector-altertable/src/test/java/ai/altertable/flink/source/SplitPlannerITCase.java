package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitPlannerITCase {

    private static final int PARTS = 8;

    private static AltertableLocal lake;
    private static AltertableClient client;

    private final Configuration options = new Configuration();

    @BeforeAll
    static void start() {
        lake = AltertableLocal.start();
        client = Lakes.client(lake);
    }

    @AfterAll
    static void stop() {
        client.close();
        lake.close();
    }

    @BeforeEach
    void createSchema() {
        lake.execute("CREATE SCHEMA lake.s");
    }

    @AfterEach
    void dropAll() {
        lake.execute("DROP SCHEMA lake.s CASCADE");
    }

    private static Scan table(String columns) {
        return Scan.of(new Scan.Table(new TableId("lake", "s", "t")), Lakes.columns(columns));
    }

    private List<QuerySplit> plan(Scan scan, int readers) throws IOException {
        return new SplitPlanner(
                        new Questions(client, scan.about()),
                        scan,
                        ScanSettings.from(options),
                        readers)
                .plan();
    }

    private static List<String> conditions(List<QuerySplit> splits) {
        return splits.stream().map(QuerySplit::condition).toList();
    }

    /** How many rows there are for each number of splits that a row is in: all in one. */
    private static void assertEachRowIsInOneSplit(List<QuerySplit> splits, String relation) {
        String memberships =
                conditions(splits).stream()
                        .map(condition -> "CASE WHEN " + condition + " THEN 1 ELSE 0 END")
                        .collect(Collectors.joining(" + "));
        assertThat(
                        lake.rows(
                                "SELECT count(*) FROM %s WHERE %s <> 1"
                                        .formatted(relation, memberships)))
                .isEqualTo(List.of(List.of(0L)));
    }

    /** How large the largest split is, of all rows that have a value. */
    private static double largestShare(List<QuerySplit> splits, String relation, String column) {
        long largest = 0;
        for (String condition : conditions(splits)) {
            String sql =
                    "SELECT count(*) FROM %s WHERE %s IS NOT NULL AND (%s)"
                            .formatted(relation, column, condition);
            largest = Math.max(largest, (Long) lake.rows(sql).get(0).get(0));
        }
        String all = "SELECT count(%s) FROM %s".formatted(column, relation);
        return (double) largest / (Long) lake.rows(all).get(0).get(0);
    }

    /** A type and an expression on a number that gives it many values. */
    record Kind(String type, String value) {
        @Override
        public String toString() {
            return type;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("SMALLINT", "(i * 7) % 30000"),
                new Kind("INTEGER", "(i * 7919) % 1000003"),
                new Kind("BIGINT", "i * 1000000007 - 9000000000000000"),
                new Kind("HUGEINT", "i::HUGEINT * 10000000000000000000000"),
                new Kind("UBIGINT", "i * 1000000"),
                new Kind("DECIMAL(38, 10)", "i::DECIMAL(18, 3) / 7"),
                new Kind("FLOAT", "sin(i) * 1e30"),
                new Kind(
                        "DOUBLE",
                        "CASE i % 50 WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE"
                                + " WHEN 2 THEN '-inf'::DOUBLE WHEN 3 THEN -0.0::DOUBLE"
                                + " WHEN 4 THEN 0.0 ELSE exp(i % 700) * cos(i) END"),
                new Kind("DATE", "DATE '0100-01-01' + ((i * 37) % 900000)::INTEGER"),
                new Kind("TIME", "TIME '00:00:00' + to_microseconds((i * 8639999) % 86399999999)"),
                new Kind("TIMESTAMP", "make_timestamp(i * 314159265358 - 500000000000000)"),
                new Kind("TIMESTAMP_NS", "make_timestamp_ns(i * 314159265358 - 50000000000000)"),
                new Kind(
                        "TIMESTAMP WITH TIME ZONE",
                        "make_timestamp(i * 314159265358 - 3900000000000000)"
                                + " AT TIME ZONE 'Europe/Amsterdam'"),
                new Kind(
                        "VARCHAR",
                        "CASE i % 35 WHEN 0 THEN '' WHEN 1 THEN 'it''s ' || i WHEN 2 THEN '\"' || i"
                                + " WHEN 3 THEN repeat('🦆', 150) || i WHEN 4 THEN chr(0) || i"
                                + " WHEN 5 THEN 'Ünï' || md5(i::VARCHAR) ELSE i::VARCHAR END"),
                new Kind("UUID", "md5(i::VARCHAR)::UUID"),
                new Kind("BOOLEAN", "i % 3 = 0"));
    }

    /** What a server need not have, and how it says so: each is planned all the same. */
    static Stream<Fault> whatIsMissing() {
        return Stream.of(
                Fault.status(404).onPath("/explain"),
                Fault.status(405).onPath("/explain"),
                Fault.status(400).onPath("/explain"),
                Fault.status(200).body("<html>").onPath("/explain"),
                Fault.status(200)
                        .body("{\"tables\": [{\"estimated_rows\": -1}]}")
                        .onPath("/explain"),
                Fault.status(404).onPath("/validate"),
                Fault.status(405).onPath("/validate"),
                Fault.errorLine(0, "Catalog Error").onStatement("current_snapshot"),
                Fault.status(400).onStatement("current_snapshot"),
                Fault.errorLine(0, "Binder Error").onStatement("rowid"));
    }

    @ParameterizedTest
    @MethodSource("whatIsMissing")
    void doesWithoutWhatTheServerDoesNotHave(Fault missing) throws IOException {
        lake.execute("CREATE TABLE lake.s.t AS SELECT i AS id FROM range(20000) t(i)");
        Scan query = Scan.of(new Scan.Query("SELECT id FROM lake.s.t"), Lakes.columns("id BIGINT"));
        lake.faults().add(missing.forever());
        try {
            assertEachRowIsInOneSplit(plan(table("id BIGINT"), 2), "lake.s.t");
            assertThat(plan(query, 2)).hasSize(1);
        } finally {
            lake.faults().clear();
        }
    }

    @Test
    void isNotStoppedByAnEstimateBeyondAllMeasure() throws IOException {
        lake.execute("CREATE TABLE lake.s.t AS SELECT i AS id FROM range(11000) t(i)");
        lake.faults()
                .add(
                        Fault.status(200)
                                .body("{\"tables\": [{\"estimated_rows\": 9223372036854775807}]}")
                                .onPath("/explain"));

        assertThat(plan(table("id BIGINT"), 2)).hasSizeBetween(1, 11000);
    }

    @Nested
    class ByAColumn {

        private static final String ALL = "lake.s.t";

        private List<QuerySplit> plan() throws IOException {
            options.set(AltertableOptions.SCAN_PARTITION_COLUMN, "C");
            options.set(AltertableOptions.SCAN_PARTITION_NUM, PARTS);
            return SplitPlannerITCase.this.plan(table("n BIGINT"), 1);
        }

        private static void create(Kind kind, String value, int rows) {
            lake.execute(
                    "CREATE TABLE lake.s.t AS SELECT i AS n, CAST(%s AS %s) AS c FROM range(%d) r(i)"
                            .formatted(value, kind.type(), rows));
        }

        static Stream<Kind> types() {
            return kinds();
        }

        @ParameterizedTest
        @MethodSource("types")
        void eachRowIsInOneSplit(Kind kind) throws IOException {
            create(kind, "CASE WHEN i % 11 = 0 THEN NULL ELSE " + kind.value() + " END", 20_000);

            List<QuerySplit> splits = plan();

            assertEachRowIsInOneSplit(splits, ALL);
            if (!kind.type().equals("BOOLEAN")) {
                assertThat(largestShare(splits, ALL, "c")).isLessThan(0.25);
            }
        }

        @ParameterizedTest
        @MethodSource("types")
        void anEmptyTableAndOneWithoutValues(Kind kind) throws IOException {
            create(kind, kind.value(), 0);
            assertThat(conditions(plan())).containsExactly("TRUE");

            lake.execute("INSERT INTO lake.s.t VALUES (1, NULL), (2, NULL)");
            assertThat(conditions(plan())).containsExactly("TRUE");
        }

        @ParameterizedTest
        @MethodSource("types")
        void aConstantColumnAndOneRow(Kind kind) throws IOException {
            create(kind, kind.value().replaceAll("\\bi\\b", "5::BIGINT"), 1000);
            List<QuerySplit> constant = plan();
            assertThat(constant).hasSizeLessThanOrEqualTo(3);
            assertEachRowIsInOneSplit(constant, ALL);

            lake.execute("DELETE FROM lake.s.t WHERE n > 0");
            assertEachRowIsInOneSplit(plan(), ALL);
        }

        @Test
        void duplicatesOfASkewedColumnAreOneBoundary() throws IOException {
            create(new Kind("INTEGER", ""), "CASE WHEN i % 10 < 9 THEN 42 ELSE i END", 20_000);

            List<QuerySplit> splits = plan();

            assertThat(conditions(splits)).doesNotHaveDuplicates().hasSizeBetween(3, PARTS);
            assertEachRowIsInOneSplit(splits, ALL);
        }

        @Test
        void rowsThatCameLaterAreInASplit() throws IOException {
            create(new Kind("BIGINT", ""), "i", 1000);
            List<QuerySplit> splits = plan();

            lake.execute("INSERT INTO lake.s.t VALUES (0, -5), (0, 1000000), (0, NULL)");

            assertEachRowIsInOneSplit(splits, ALL);
        }

        @Test
        void splitsOfAFilteredQueryAreDividedByItsOwnRows() throws IOException {
            create(new Kind("BIGINT", ""), "i", 20_000);
            options.set(AltertableOptions.SCAN_PARTITION_COLUMN, "twice");
            options.set(AltertableOptions.SCAN_PARTITION_NUM, PARTS);
            String query = "SELECT c * 2 AS twice FROM lake.s.t -- all of it";
            Scan scan =
                    Scan.of(new Scan.Query(query), Lakes.columns("twice BIGINT"))
                            .where("twice >= 20000");

            List<QuerySplit> splits = SplitPlannerITCase.this.plan(scan, 1);

            String relation = "(SELECT c * 2 AS twice FROM lake.s.t WHERE c >= 10000) q";
            assertThat(splits).hasSize(PARTS + 1);
            assertEachRowIsInOneSplit(splits, relation);
            assertThat(largestShare(splits, relation, "twice")).isLessThan(0.25);
        }

        @Test
        void aColumnThatIsMissingOrHasNoOrderIsRefused() {
            lake.execute("CREATE TABLE lake.s.t (n BIGINT, c INTEGER[], d DATE)");
            assertThatThrownBy(this::plan)
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("scan.partition.column")
                    .hasMessageContaining("INTEGER[]")
                    .hasMessageContaining("fit are n, d");

            lake.execute("ALTER TABLE lake.s.t DROP COLUMN c");
            assertThatThrownBy(this::plan)
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("there is no such column");
        }
    }

    @Nested
    class ByRowNumbers {

        @Test
        void aTableIsDivided() throws IOException {
            lake.execute("CREATE TABLE lake.s.t AS SELECT i AS n FROM range(50000) r(i)");
            lake.execute("DELETE FROM lake.s.t WHERE n BETWEEN 1000 AND 20000");
            options.set(AltertableOptions.SCAN_PARTITION_NUM, PARTS);

            List<QuerySplit> splits = plan(table("n BIGINT"), 1);

            assertThat(splits).hasSize(PARTS);
            assertEachRowIsInOneSplit(splits, "lake.s.t");
            assertThat(largestShare(splits, "lake.s.t", "n")).isLessThan(0.25);
        }

        @Test
        void aViewAndAQueryAreOneSplit() throws IOException {
            lake.execute("CREATE TABLE lake.s.u AS SELECT i AS n FROM range(50000) r(i)");
            lake.execute("CREATE VIEW lake.s.t AS SELECT * FROM lake.s.u WHERE n > 7");
            options.set(AltertableOptions.SCAN_PARTITION_NUM, PARTS);
            Scan query = Scan.of(new Scan.Query("FROM lake.s.u"), Lakes.columns("n BIGINT"));

            assertThat(conditions(plan(table("n BIGINT"), 1))).containsExactly("TRUE");
            assertThat(conditions(plan(query, 1))).containsExactly("TRUE");
        }

        @Test
        void aColumnOfTheUsersThatHidesThemIsNotUsed() throws IOException {
            lake.execute("CREATE TABLE lake.s.t AS SELECT '7' AS RowId FROM range(50000) r(i)");
            options.set(AltertableOptions.SCAN_PARTITION_NUM, PARTS);

            assertThat(conditions(plan(table("rowid STRING"), 1))).containsExactly("TRUE");
        }
    }

    @Nested
    class TheirNumber {

        private static final String COLUMNS = "n BIGINT, text STRING";

        private static void create(int rows) {
            lake.execute(
                    "CREATE TABLE lake.s.t AS SELECT i AS n, repeat('x', 990) AS text FROM range(%d) r(i)"
                            .formatted(rows));
        }

        @Test
        void followsFromTheSize() throws IOException {
            create(30_000);
            options.set(AltertableOptions.SCAN_SPLIT_MAX_SIZE, MemorySize.ofMebiBytes(1));

            assertThat(plan(table(COLUMNS), 1)).hasSizeBetween(40, 60);
            assertThat(plan(table("n BIGINT"), 1)).hasSize(1);
        }

        @Test
        void isThatOfTheReadersWhenThatIsWorthIt() throws IOException {
            create(30_000);

            assertThat(plan(table(COLUMNS), 3)).hasSize(3);
            assertThat(plan(table(COLUMNS), 100)).hasSize(7);
        }

        @Test
        void countsOnlyRowsThatAFilterOrALimitLeaves() throws IOException {
            create(30_000);
            options.set(AltertableOptions.SCAN_SPLIT_MAX_SIZE, MemorySize.ofMebiBytes(1));

            assertThat(plan(table(COLUMNS).where("\"n\" < 20000"), 1)).hasSizeBetween(28, 40);
            assertThat(plan(table(COLUMNS).where("\"n\" < 100"), 1)).hasSize(1);
            assertThat(plan(table(COLUMNS).limit(100), 1)).hasSize(1);
        }

        @Test
        void isOneForAnAggregation() throws IOException {
            create(30_000);
            options.set(AltertableOptions.SCAN_PARTITION_NUM, PARTS);
            Scan scan =
                    table(COLUMNS)
                            .aggregating(
                                    List.of(
                                            new Scan.Computed("\"n\"", "n"),
                                            new Scan.Computed("count(*)", "count")),
                                    Scan.Grouping.by(List.of("n")),
                                    Lakes.columns("n BIGINT, count BIGINT"));

            assertThat(conditions(plan(scan, 4))).containsExactly("TRUE");
        }
    }

    @Nested
    class WhatCannotBeRead {

        @Test
        void aTableThatIsMissing() {
            lake.execute("CREATE TABLE lake.s.tt (n BIGINT)");
            assertThatThrownBy(() -> plan(table("n BIGINT"), 1))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("'table' is t")
                    .hasMessageContaining("tt");
        }

        @Test
        void columnsThatAreMissingOrOfAnotherType() {
            lake.execute("CREATE TABLE lake.s.t (n VARCHAR)");
            assertThatThrownBy(() -> plan(table("n BIGINT, m STRING"), 1))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("n: BIGINT cannot be read from VARCHAR")
                    .hasMessageContaining("m: there is no such column");
        }

        @Test
        void aQueryThatIsNone() {
            for (String sql : List.of("SELEC 1", "SELECT * FROM lake.s.nowhere", "SELECT 1) --")) {
                Scan scan = Scan.of(new Scan.Query(sql), Lakes.columns("n BIGINT"));
                assertThatThrownBy(() -> plan(scan, 1))
                        .as(sql)
                        .isInstanceOf(ValidationException.class)
                        .hasMessageContaining("scan.query");
            }
        }
    }
}
