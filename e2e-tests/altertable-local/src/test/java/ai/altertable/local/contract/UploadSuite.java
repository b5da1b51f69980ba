package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §2, Upload: the body is the file; one request is one atomic commit. */
abstract class UploadSuite extends ContractPart {

    @Nested
    @DisplayName("§2 mode=append needs the table")
    class Append {

        @Test
        void addsToTheRowsThatAreThere() {
            Table table = table("id INTEGER, name VARCHAR");
            run("INSERT INTO " + table.sql() + " VALUES (1, 'old')");

            append(table, Payload.jsonl("{\"id\":2,\"name\":\"new\"}"));

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"old\"]", "[2,\"new\"]");
        }

        @Test
        void addsTheSameFileAgainBecauseThereIsNoIdempotencyKey() {
            Table table = table("id INTEGER");
            Payload file = Payload.jsonl("{\"id\":1}", "{\"id\":2}");

            append(table, file);
            append(table, file);

            assertThat(count(table)).isEqualTo(4);
        }

        @Test
        void isRefusedWithoutTheTableAndMakesNone() {
            Table missing = unused();

            client().upload("append", missing, Payload.jsonl("{\"id\":1}")).mustBeRefused();

            assertThat(exists(missing)).isFalse();
        }

        @Test
        void fillsColumnsByNameAndNotByPosition() {
            Table table = table("a INTEGER, b VARCHAR");

            append(table, Payload.jsonl("{\"b\":\"x\",\"a\":1}"));
            append(table, Payload.parquet("SELECT 'y' AS b, 2::INTEGER AS a"));

            assertThat(rows("SELECT a, b FROM " + table.sql() + " ORDER BY a"))
                    .containsExactly("[1,\"x\"]", "[2,\"y\"]");
        }

        @Test
        void keepsTheTypesOfTheTable() {
            Table table = table("id SMALLINT, price DECIMAL(18,2)");

            append(table, Payload.jsonl("{\"id\":1,\"price\":\"1.5\"}"));

            assertThat(columns(table))
                    .containsExactly("[\"id\",\"SMALLINT\"]", "[\"price\",\"DECIMAL(18,2)\"]");
            assertThat(value("SELECT CAST(price AS VARCHAR) AS p FROM " + table.sql()))
                    .isEqualTo("\"1.50\"");
        }

        @Test
        void isVisibleAsSoonAsTheAnswerIsThere() {
            Table table = table("id INTEGER");
            for (int i = 1; i <= 5; i++) {
                append(table, Payload.jsonl("{\"id\":" + i + "}"));
                assertThat(count(table)).isEqualTo(i);
            }
        }
    }

    @Nested
    @DisplayName("§2 mode=create fails when the table exists and infers the types")
    class Create {

        @Test
        void makesTheTableFromTheFile() {
            Table table = unused();

            client().upload("create", table, Payload.jsonl("{\"id\":1,\"name\":\"a\"}"))
                    .mustBeAccepted();

            assertThat(columns(table))
                    .containsExactly("[\"id\",\"BIGINT\"]", "[\"name\",\"VARCHAR\"]");
            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,\"a\"]");
        }

        @Test
        void takesTheTypesThatAParquetFileDeclares() {
            Table table = unused();
            Payload file = Payload.parquet("SELECT 1.5::DECIMAL(18,4) AS d, 'x' AS s");

            client().upload("create", table, file).mustBeAccepted();

            assertThat(columns(table))
                    .containsExactly("[\"d\",\"DECIMAL(18,4)\"]", "[\"s\",\"VARCHAR\"]");
        }

        @Test
        void isRefusedWhenTheTableExistsAndLeavesItAlone() {
            Table table = table("id INTEGER");
            append(table, Payload.jsonl("{\"id\":1}"));

            client().upload("create", table, Payload.jsonl("{\"id\":2}")).mustBeRefused();

            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
        }

        @Test
        void makesNoTableFromABrokenFile() {
            Table table = unused();

            client().upload("create", table, Payload.json("{\"id\":1}\n{\"id\":")).mustBeRefused();

            assertThat(exists(table)).isFalse();
        }

        @Test
        @DisplayName("§4 inferred types mangle data: dates, UUIDs, a column of NULLs")
        void infersMoreThanTheTextSays() {
            Table table = unused();
            String row =
                    "{\"day\":\"2024-01-02\",\"u\":\"9A3C1C2E-0000-4000-8000-000000000001\","
                            + "\"nothing\":null}";

            client().upload("create", table, Payload.jsonl(row)).mustBeAccepted();

            assertThat(columns(table))
                    .containsExactly(
                            "[\"day\",\"DATE\"]", "[\"u\",\"UUID\"]", "[\"nothing\",\"JSON\"]");
            assertThat(value("SELECT CAST(u AS VARCHAR) AS u FROM " + table.sql()))
                    .isEqualTo("\"9a3c1c2e-0000-4000-8000-000000000001\"");
        }
    }

    @Nested
    @DisplayName("§2 mode=overwrite drops and recreates the table")
    class Overwrite {

        @Test
        void replacesRowsAndInfersTheTypesAgain() {
            Table table = table("id SMALLINT, name VARCHAR");
            append(table, Payload.jsonl("{\"id\":1,\"name\":\"a\"}"));

            client().upload("overwrite", table, Payload.jsonl("{\"id\":2}", "{\"id\":3}"))
                    .mustBeAccepted();

            assertThat(columns(table)).containsExactly("[\"id\",\"BIGINT\"]");
            assertThat(rows("SELECT id FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[2]", "[3]");
        }

        @Test
        void leavesTheOldTableWhenTheFileIsBroken() {
            Table table = table("id SMALLINT");
            append(table, Payload.jsonl("{\"id\":1}"));

            client().upload("overwrite", table, Payload.json("{\"id\":2}\n{\"id\":"))
                    .mustBeRefused();

            assertThat(columns(table)).containsExactly("[\"id\",\"SMALLINT\"]");
            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
        }
    }

    @Nested
    @DisplayName("§2 one request is one atomic commit: all of the file or none")
    class Atomicity {

        @Test
        void aBadJsonRowInTheMiddleLeavesNothing() {
            Table table = table("id INTEGER");

            client().upload(
                            "append",
                            table,
                            Payload.jsonl("{\"id\":1}", "{\"id\":\"not a number\"}", "{\"id\":3}"))
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void aBadJsonRowAtTheEndOfALongFileLeavesNothing() {
            Table table = table("id INTEGER");
            String good =
                    IntStream.range(0, 50_000)
                            .mapToObj(i -> "{\"id\":" + i + "}\n")
                            .collect(Collectors.joining());

            client().upload("append", table, Payload.json(good + "{\"id\":\"x\"}\n"))
                    .mustBeRefused();
            assertThat(count(table)).isZero();

            append(table, Payload.json(good));
            assertThat(count(table)).isEqualTo(50_000);
        }

        @Test
        void aHalfLineLeavesNothing() {
            Table table = table("id INTEGER");

            client().upload("append", table, Payload.json("{\"id\":1}\n{\"id\":2}\n{\"i"))
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void aBadCsvRowLeavesNothing() {
            Table table = table("id INTEGER, name VARCHAR");

            client().upload("append", table, Payload.csv("id,name", "1,a", "two,b", "3,c"))
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void aCutParquetFileLeavesNothing() {
            Table table = table("id BIGINT");
            Payload whole = Payload.parquet("SELECT range AS id FROM range(5000)");

            client().upload("append", table, whole.cutTo(whole.bytes().length / 2)).mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void aNumberThatDoesNotFitLeavesNothing() {
            Table table = table("id TINYINT");

            client().upload("append", table, Payload.jsonl("{\"id\":1}", "{\"id\":300}"))
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void aNullInANotNullColumnLeavesNothing() {
            Table table = table("id INTEGER NOT NULL");

            client().upload("append", table, Payload.jsonl("{\"id\":1}", "{\"id\":null}"))
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }
    }

    @Nested
    @DisplayName("§2 file formats")
    class Formats {

        @Test
        void jsonArray() {
            Table table = table("id INTEGER, name VARCHAR");

            append(table, Payload.json("[{\"id\":1,\"name\":\"a\"},\n {\"id\":2,\"name\":null}]"));

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"a\"]", "[2,null]");
        }

        @Test
        void jsonLinesWithAndWithoutALastLineBreak() {
            Table table = table("id INTEGER");

            append(table, Payload.json("{\"id\":1}\n{\"id\":2}\n"));
            append(table, Payload.json("{\"id\":3}\r\n{\"id\":4}"));

            assertThat(value("SELECT sum(id)::BIGINT AS s FROM " + table.sql())).isEqualTo("10");
        }

        @Test
        void csvWithAHeaderAndQuotedFields() {
            Table table = table("id INTEGER, name VARCHAR");

            append(table, Payload.csv("id,name", "1,plain", "2,\"a, b\"", "3,\"a \"\"b\"\"\""));

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,\"plain\"]", "[2,\"a, b\"]", "[3,\"a \\\"b\\\"\"]");
        }

        @Test
        void parquet() {
            Table table = table("id BIGINT, name VARCHAR");

            append(
                    table,
                    Payload.parquet("SELECT range AS id, 'n' || range AS name FROM range(3)"));

            assertThat(rows("SELECT id, name FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[0,\"n0\"]", "[1,\"n1\"]", "[2,\"n2\"]");
        }

        @Test
        void manyRowsOfEachFormatArriveAll() {
            Table table = table("id BIGINT");
            String jsonl =
                    IntStream.range(0, 20_000)
                            .mapToObj(i -> "{\"id\":" + i + "}\n")
                            .collect(Collectors.joining());
            String csv =
                    IntStream.range(20_000, 40_000)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining("\n"));

            append(table, Payload.json(jsonl));
            append(table, Payload.csv("id", csv));
            append(table, Payload.parquet("SELECT range AS id FROM range(40000, 60000)"));

            assertThat(rows("SELECT count(*), count(DISTINCT id), max(id) FROM " + table.sql()))
                    .containsExactly("[60000,60000,59999]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "[]", " [ ] "})
        @DisplayName("an empty file adds nothing, whether accepted or refused [?]")
        void anEmptyFileAddsNothing(String body) {
            Table table = table("id INTEGER");
            append(table, Payload.jsonl("{\"id\":1}"));

            Answer answer = client().upload("append", table, Payload.json(body));

            assertThat(answer.status()).isLessThan(500);
            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
        }

        @Test
        void aParquetFileWithoutRowsAddsNothing() {
            Table table = table("id BIGINT");

            append(table, Payload.parquet("SELECT range AS id FROM range(0)"));

            assertThat(count(table)).isZero();
        }
    }

    @Nested
    @DisplayName("§2 a missing schema is created silently, a missing catalog is an error")
    class Places {

        @Test
        void aMissingSchemaIsCreated() {
            String schema = Table.uniqueName("s");
            Table table = unused().inSchema(schema);

            client().upload("create", table, Payload.jsonl("{\"id\":1}")).mustBeAccepted();

            assertThat(count(table)).isEqualTo(1);
            assertThat(
                            rows(
                                    "SELECT schema_name FROM information_schema.schemata WHERE"
                                            + " catalog_name = "
                                            + Table.literal(table.catalog())
                                            + " AND schema_name = "
                                            + Table.literal(schema)))
                    .hasSize(1);
        }

        @Test
        void schemasKeepTablesOfOneNameApart() {
            Table here = unused();
            Table there = here.inSchema(Table.uniqueName("s"));

            client().upload("create", here, Payload.jsonl("{\"id\":1}")).mustBeAccepted();
            client().upload("create", there, Payload.jsonl("{\"id\":2}")).mustBeAccepted();

            assertThat(rows("SELECT id FROM " + here.sql())).containsExactly("[1]");
            assertThat(rows("SELECT id FROM " + there.sql())).containsExactly("[2]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"create", "append", "overwrite"})
        void aMissingCatalogIsAnErrorAndMakesNone(String mode) {
            String catalog = Table.uniqueName("c");

            client().upload(mode, unused().inCatalog(catalog), Payload.jsonl("{\"id\":1}"))
                    .mustBeRefused();

            assertThat(
                            rows(
                                    "SELECT 1 AS x FROM information_schema.schemata WHERE"
                                            + " catalog_name = "
                                            + Table.literal(catalog)))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("§1 parameters are URL-encoded, and are names, never SQL")
    class Names {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "with space",
                    "it's",
                    "say \"hi\"",
                    "duck 🦆 größe 表",
                    "100% + more & = ?",
                    "a+b",
                    "a.b.c",
                    "semi;colon",
                    "-- comment",
                    "/* open",
                    "$1 ?",
                    "back\\slash",
                    "select"
                })
        void anyTableNameIsTakenLiterally(String suffix) {
            Table table = unused();
            Table strange = create(table.named(table.name() + " " + suffix), "id INTEGER");

            append(strange, Payload.jsonl("{\"id\":1}"));

            assertThat(rows("SELECT id FROM " + strange.sql())).containsExactly("[1]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"with space", "it's \"quoted\"", "duck 🦆", "x; DROP SCHEMA main"})
        void anySchemaNameIsTakenLiterally(String suffix) {
            Table table = unused().inSchema(Table.uniqueName("s") + " " + suffix);

            client().upload("create", table, Payload.jsonl("{\"id\":1}")).mustBeAccepted();

            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"; DROP TABLE %s; --",
                    "x\" SELECT 1; DROP TABLE %s; --",
                    "'; DROP TABLE %s; --",
                    "x') ; DELETE FROM %s; --"
                })
        void aNameCannotRunSql(String injection) {
            Table victim = table("id INTEGER");
            append(victim, Payload.jsonl("{\"id\":1}"));
            String evil = injection.formatted(victim.sql());
            Payload file = Payload.jsonl("{\"id\":2}");

            client().upload("append", unused().named(evil), file).mustBeRefused();
            client().upload("append", unused().inCatalog(evil), file).mustBeRefused();
            client().upload("append", unused().inSchema(evil), file).mustBeRefused();

            assertThat(rows("SELECT id FROM " + victim.sql())).containsExactly("[1]");
        }

        @Test
        void columnNamesAreTakenLiterally() {
            Table table = table("\"a b\" INTEGER, \"it's \"\"x\"\"\" INTEGER, \"🦆\" INTEGER");
            append(table, Payload.jsonl("{\"a b\":1,\"it's \\\"x\\\"\":2,\"🦆\":3}"));
            append(
                    table,
                    Payload.parquet("SELECT 4 AS \"a b\", 5 AS \"it's \"\"x\"\"\", 6 AS \"🦆\""));

            assertThat(rows("SELECT * FROM " + table.sql() + " ORDER BY 1"))
                    .containsExactly("[1,2,3]", "[4,5,6]");
        }
    }
}
