package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Storage;
import ai.altertable.local.lake.DuckLake;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableSearchITCase {

    private static AltertableLocal lakehouse;
    private static AltertableClient client;

    @BeforeAll
    static void start() {
        lakehouse = AltertableLocal.start();
        client = Lakehouses.open(lakehouse);
        lakehouse.execute(
                "CREATE SCHEMA lake.\"Raw \"\"Data\"\"\"",
                "CREATE SCHEMA lake.empty",
                "CREATE TABLE lake.main.\"Orders\" (\"Id\" BIGINT NOT NULL, \"a \"\"b\" VARCHAR,"
                    + " price DECIMAL(15,2), s STRUCT(\"X y\" INTEGER[], m MAP(VARCHAR, BLOB)))",
                "CREATE TABLE lake.\"Raw \"\"Data\"\"\".\"it's 🚀\" (c UUID)",
                "CREATE VIEW lake.main.totals AS SELECT \"Id\", 1 AS one FROM lake.main.\"Orders\"",
                "CREATE VIEW lake.main.odd AS SELECT row(1, 2) AS unnamed, 1 AS n");
    }

    @AfterAll
    static void stop() {
        client.close();
        lakehouse.close();
    }

    private static TableSearch search(String catalog, String schema, String table)
            throws Exception {
        return TableSearch.of(client, new TableId(catalog, schema, table))
                .get(60, TimeUnit.SECONDS);
    }

    private static TableSearch.Missing missing(String catalog, String schema, String table)
            throws Exception {
        TableSearch search = search(catalog, schema, table);
        assertThat(search).isInstanceOf(TableSearch.Missing.class);
        return (TableSearch.Missing) search;
    }

    private static TableColumns.Column column(String name, String type, boolean nullable) {
        return new TableColumns.Column(name, DuckType.parse(type), nullable);
    }

    @Test
    void findsATableInAnyCaseAndTellsItsRealSpelling() throws Exception {
        TableColumns found = search("LAKE", "Main", "oRDERS").orThrow();

        assertThat(found.table()).isEqualTo(new TableId("lake", "main", "Orders"));
        assertThat(found.columns())
                .containsExactly(
                        column("Id", "BIGINT", false),
                        column("a \"b", "VARCHAR", true),
                        column("price", "DECIMAL(15,2)", true),
                        column("s", "STRUCT(\"X y\" INTEGER[], m MAP(VARCHAR, BLOB))", true));
        assertThat(found.fields().get(0)).isEqualTo(DuckType.Field.of("Id", "BIGINT"));
    }

    @Test
    void findsNamesThatAreHardToQuote() throws Exception {
        TableColumns found = search("lake", "raw \"data\"", "It's 🚀").orThrow();

        assertThat(found.table()).isEqualTo(new TableId("lake", "Raw \"Data\"", "it's 🚀"));
    }

    @Test
    void findsAView() throws Exception {
        assertThat(search("lake", "main", "totals").orThrow().columns())
                .extracting(TableColumns.Column::name)
                .containsExactly("Id", "one");
    }

    @Test
    void takesATypeThatNobodyKnowsForOneOfThatName() throws Exception {
        assertThat(search("lake", "main", "odd").orThrow().columns())
                .containsExactly(
                        new TableColumns.Column(
                                "unnamed", new DuckType.Scalar("STRUCT(INTEGER, INTEGER)"), true),
                        column("n", "INTEGER", true));
    }

    @Test
    void saysThatTheCatalogIsMissing() throws Exception {
        TableSearch.Missing missing = missing("lakes", "main", "orders");

        assertThat(missing.part()).isEqualTo(TableSearch.Part.CATALOG);
        assertThat(missing.message()).contains("'catalog'", "lakes", "there are lake");
        assertThatThrownBy(missing::orThrow)
                .isInstanceOf(ValidationException.class)
                .hasMessage(missing.message());
    }

    @Test
    void saysThatTheSchemaIsMissing() throws Exception {
        TableSearch.Missing missing = missing("Lake", "mian", "orders");

        assertThat(missing.part()).isEqualTo(TableSearch.Part.SCHEMA);
        assertThat(missing.table()).isEqualTo(new TableId("lake", "mian", "orders"));
        assertThat(missing.message())
                .contains("'schema'", "mian", "there are main, ", "empty", "Raw \"Data\"")
                .doesNotContain("information_schema");
    }

    @Test
    void saysThatTheTableIsMissing() throws Exception {
        TableSearch.Missing missing = missing("lake", "MAIN", "order");

        assertThat(missing.part()).isEqualTo(TableSearch.Part.TABLE);
        assertThat(missing.table()).isEqualTo(new TableId("lake", "main", "order"));
        assertThat(missing.message())
                .contains("'table'", "there are Orders, odd, totals")
                .doesNotContain("🚀");
        assertThat(missing("lake", "empty", "t").message()).contains("there is none at all");
    }

    @Test
    void namesOnlyTheNearestOfMany() throws Exception {
        try (AltertableLocal many = AltertableLocal.start();
                AltertableClient other = Lakehouses.open(many)) {
            many.execute(
                    Stream.iterate(10, i -> i < 30, i -> i + 1)
                            .map(i -> "CREATE TABLE lake.main.t" + i + " (n INTEGER)")
                            .toArray(String[]::new));

            TableSearch search =
                    TableSearch.of(other, new TableId("lake", "main", "t9"))
                            .get(60, TimeUnit.SECONDS);

            assertThat(((TableSearch.Missing) search).message())
                    .contains("there are t19, t29, t10, t11, t12 and 15 more");
        }
    }

    @Test
    void looksIntoDuckLake() throws Exception {
        if (!DuckLake.available()) {
            System.out.println("SKIPPED: the search in DuckLake, its extension is not here");
            return;
        }
        try (AltertableLocal ducklake =
                        AltertableLocal.builder().storage(Storage.DUCKLAKE).start();
                AltertableClient other = Lakehouses.open(ducklake)) {
            ducklake.execute("CREATE TABLE lake.main.\"Orders\" (id BIGINT NOT NULL, c VARCHAR[])");

            TableColumns found =
                    TableSearch.of(other, new TableId("lake", "main", "orders"))
                            .get(60, TimeUnit.SECONDS)
                            .orThrow();

            assertThat(found.columns())
                    .containsExactly(column("id", "BIGINT", false), column("c", "VARCHAR[]", true));
            assertThat(
                            TableSearch.of(other, new TableId("lake", "nowhere", "orders"))
                                    .get(60, TimeUnit.SECONDS))
                    .extracting(search -> ((TableSearch.Missing) search).part())
                    .isEqualTo(TableSearch.Part.SCHEMA);
        }
    }

    @Test
    void describesAQuery() throws Exception {
        List<DuckType.Field> columns =
                QueryColumns.of(
                                client,
                                "a query",
                                "SELECT \"Id\" AS \"i d\", price * 2 AS p, s.m FROM"
                                        + " lake.main.\"Orders\" -- all of it")
                        .get(60, TimeUnit.SECONDS);

        assertThat(columns)
                .containsExactly(
                        DuckType.Field.of("i d", "BIGINT"),
                        DuckType.Field.of("p", "DECIMAL(18,2)"),
                        DuckType.Field.of("m", "MAP(VARCHAR, BLOB)"));
    }

    @Test
    void refusesAQueryWithTwoColumnsOfOneName() {
        assertThatThrownBy(
                        () ->
                                QueryColumns.of(client, "a query", "SELECT 1 AS n, 2 AS N")
                                        .get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ValidationException.class)
                .hasMessageContaining("the same name");
    }

    @Test
    void refusesAQueryThatIsNone() {
        assertThatThrownBy(
                        () ->
                                QueryColumns.of(client, "a query", "SELECT nothing")
                                        .get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(AltertableException.class)
                .hasMessageContainingAll("a query", "nothing");
    }
}
