package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client must not be able to do: break the server, reach its files, or change its
 * configuration. SQL is DuckDB's, and DuckDB alone would allow most of it.
 */
@Timeout(30)
abstract class HostileInputSuite extends ContractPart {

    private static final String SECRET = "top-secret-9f1c";

    /** A refusal in any form the contract has, that tells nothing of a file. */
    private void assertRefused(String statement) {
        Answer answer = client().postJson("/query", WireClient.statement(statement).toString());
        assertThat(answer.body()).doesNotContain(SECRET).doesNotContain("root:");
        if (answer.status() == 200) {
            assertThat(QueryAnswer.of(answer).error()).as("refusal of: %s", statement).isPresent();
        } else {
            answer.mustBeRefused();
        }
    }

    @AfterEach
    void theServerIsAlive() {
        assertThat(value("SELECT 6 * 7 AS alive")).isEqualTo("42");
    }

    @Nested
    @DisplayName("bodies that are no files and no queries")
    class Bodies {

        private byte[] garbage() {
            byte[] bytes = new byte[1 << 20];
            new Random(42).nextBytes(bytes);
            return bytes;
        }

        @Test
        void aMegabyteOfGarbageIsNoQuery() {
            Answer answer =
                    client().send(
                                    client().request("/query")
                                            .header("Content-Type", "application/json")
                                            .POST(BodyPublishers.ofByteArray(garbage()))
                                            .build());

            answer.mustBe(400).mustBeRefused();
            assertThat(answer.body().length()).isLessThan(10_000);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "PAR1", "{", "["})
        void aMegabyteOfGarbageIsNoFile(String start) {
            Table table = table("id INTEGER, name VARCHAR");
            byte[] bytes = garbage();
            byte[] head = start.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(head, 0, bytes, 0, head.length);
            String format = start.isEmpty() ? "csv" : start.startsWith("P") ? "parquet" : "json";

            Answer answer = client().upload("append", table, new Payload(format, bytes));

            answer.mustBeRefused();
            assertThat(answer.body()).doesNotContain("LINE 1", "read_");
            assertThat(count(table)).isZero();
        }

        @Test
        void aParquetFileOfMagicOnlyIsRefused() {
            Table table = table("id INTEGER");

            Answer answer =
                    client().upload(
                                    "append",
                                    table,
                                    new Payload(
                                            "parquet",
                                            "PAR1junkjunkPAR1".getBytes(StandardCharsets.UTF_8)));

            answer.mustBeRefused();
            assertThat(answer.body()).doesNotContain("LINE 1", "read_");
        }

        @Test
        void deepNestingInAQueryIsRefused() {
            String deep = "[".repeat(200_000);

            client().postJson("/query", "{\"statement\":" + deep).mustBe(400);
            client().postJson("/query", deep).mustBe(400);
        }

        @Test
        void deepNestingInAFileIsRefused() {
            Table table = table("id INTEGER, deep JSON");
            String deep = "{\"id\":1,\"deep\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";

            Answer answer = client().upload("append", table, Payload.json(deep));

            assertThat(answer.status()).isLessThan(500);
        }

        @Test
        void deepNestingInAnAppendIsRefused() {
            Answer answer =
                    client().append(
                                    unused(),
                                    "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}",
                                    "sync",
                                    "true");

            assertThat(answer.status()).isLessThan(500);
        }

        @Test
        void deepNestingInSqlDoesNoHarm() {
            QueryAnswer answer =
                    client().query("SELECT " + "(".repeat(5000) + "1" + ")".repeat(5000) + " AS x");

            assertThat(answer.answer().status()).isIn(200, 400);
        }

        @Test
        void aMegabyteOfStatementIsFine() {
            assertThat(value("SELECT length('" + "x".repeat(1 << 20) + "') AS n"))
                    .isEqualTo("1048576");
        }

        @Test
        void bytesThatAreNoUtf8AreNoQuery() {
            byte[] bytes = "{\"statement\":\"SELECT '???' AS x\"}".getBytes(StandardCharsets.UTF_8);
            bytes[22] = (byte) 0xFF;
            bytes[23] = (byte) 0xC0;

            Answer answer =
                    client().send(
                                    client().request("/query")
                                            .header("Content-Type", "application/json")
                                            .POST(BodyPublishers.ofByteArray(bytes))
                                            .build());

            assertThat(answer.status()).isIn(200, 400);
        }
    }

    @Nested
    @DisplayName("names and paths")
    class NamesAndPaths {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../../etc/passwd",
                    "..\\..\\etc\\passwd",
                    "/etc/passwd",
                    "/tmp/altertable-contract",
                    "%2e%2e%2fetc",
                    "file:///etc/passwd",
                    "..",
                    "."
                })
        void aPathIsANameOrNothing(String path) {
            Table table = unused().inSchema(Table.uniqueName("s")).named(path);

            Answer append = client().upload("append", table, Payload.jsonl("{\"id\":1}"));
            append.mustBeRefused();
            assertThat(append.body()).doesNotContain("root:");

            Answer create = client().upload("create", table, Payload.jsonl("{\"id\":1}"));
            assertThat(create.status()).isLessThan(500);
            if (create.accepted()) {
                assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
            }
            assertThat(Path.of("/tmp/altertable-contract")).doesNotExist();
        }

        @ParameterizedTest
        @ValueSource(strings = {"\0", "a\0b", "\u0001", "\n", "\r\nX: y", "\uFFFF"})
        void controlCharactersInNamesDoNoHarm(String name) {
            Table table = table("id INTEGER");
            Payload file = Payload.jsonl("{\"id\":1}");

            client().upload("append", table.named(table.name() + name), file).mustBeRefused();
            assertThat(client().upload("create", unused().named(name), file).status())
                    .isLessThan(500);
            client().upload("append", table.inCatalog(table.catalog() + name), file)
                    .mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void aNulInAStatementDoesNoHarm() {
            Table table = table("id INTEGER");

            QueryAnswer answer = client().query("SELECT 1 AS x\0; DROP TABLE " + table.sql());

            assertThat(answer.answer().status()).isIn(200, 400);
            assertThat(count(table)).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"system", "temp", "information_schema", "pg_catalog", "", " "})
        void theServersOwnCatalogsTakeNoUploads(String catalog) {
            Table table = unused().inCatalog(catalog);

            client().upload("create", table, Payload.jsonl("{\"id\":1}")).mustBeRefused();
        }

        @Test
        void aKeyCannotRunSql() {
            Table victim = table("id INTEGER");
            append(victim, Payload.jsonl("{\"id\":1}"));

            for (String key :
                    List.of(
                            "id\"; DROP TABLE " + victim.sql() + "; --",
                            "id = id; DELETE FROM " + victim.sql() + "; --",
                            "id) WHEN MATCHED THEN DELETE --")) {
                client().upsert(key, victim, Payload.jsonl("{\"id\":1}")).mustBeRefused();
            }

            assertThat(rows("SELECT id FROM " + victim.sql())).containsExactly("[1]");
        }

        @Test
        void aColumnNameOfAFileCannotRunSql() {
            Table victim = table("id INTEGER");
            append(victim, Payload.jsonl("{\"id\":1}"));
            String evil = "id\"); DROP TABLE " + victim.sql().replace("\"", "\"\"") + "; --";
            Table made = unused();

            Answer answer =
                    client().upload(
                                    "create",
                                    made,
                                    Payload.parquet(
                                            "SELECT 7 AS "
                                                    + Table.quote(evil.replace("\"\"", "\""))));

            assertThat(answer.status()).isLessThan(500);
            assertThat(rows("SELECT id FROM " + victim.sql())).containsExactly("[1]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/../../../../etc/passwd",
                    "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                    "/..%2f..%2f..%2fetc%2fpasswd",
                    "//etc/passwd",
                    "/static/../../../etc/passwd",
                    "/query/../../etc/passwd",
                    "/tasks/..%2f..%2fetc%2fpasswd"
                })
        void pathsLeadNowhere(String path) {
            Answer answer = client().apart().get(path);

            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("root:");
        }
    }

    @Nested
    @DisplayName("files of the server")
    class ServerFiles {

        @TempDir Path folder;

        @BeforeEach
        void writeSecrets() throws IOException {
            Files.writeString(folder.resolve("secret.csv"), "a,b\n" + SECRET + ",1\n");
            Files.writeString(folder.resolve("secret.json"), "{\"a\":\"" + SECRET + "\"}\n");
            Files.write(
                    folder.resolve("secret.parquet"),
                    Payload.parquet("SELECT '" + SECRET + "' AS a").bytes());
        }

        @AfterEach
        void nothingWasWritten() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("secret.csv", "secret.json", "secret.parquet");
            }
        }

        /** {@code $} is the folder, {@code @} a table of the client's own. */
        private String filledIn(String template) {
            return template.replace("@", table("a VARCHAR, b INTEGER").sql())
                    .replace("$/", folder + "/");
        }

        static Stream<String> reading() {
            return Stream.of(
                    "SELECT * FROM read_csv('/etc/passwd', header=false)",
                    "SELECT * FROM read_csv('$/secret.csv')",
                    "SELECT * FROM read_csv_auto('$/secret.csv')",
                    "SELECT * FROM read_csv(['$/secret.csv'])",
                    "SELECT * FROM read_csv('$/*.csv')",
                    "FROM read_text('$/secret.csv')",
                    "FROM read_text('/etc/passwd')",
                    "FROM read_text('file://$/secret.csv')",
                    "FROM read_blob('$/secret.csv')",
                    "FROM read_json('$/secret.json')",
                    "FROM read_json_auto('$/secret.json')",
                    "FROM read_json_objects('$/secret.json')",
                    "FROM read_ndjson('$/secret.json')",
                    "FROM read_ndjson_objects('$/secret.json')",
                    "FROM read_parquet('$/secret.parquet')",
                    "FROM parquet_scan('$/secret.parquet')",
                    "FROM parquet_metadata('$/secret.parquet')",
                    "FROM parquet_schema('$/secret.parquet')",
                    "FROM parquet_file_metadata('$/secret.parquet')",
                    "FROM sniff_csv('$/secret.csv')",
                    "FROM read_duckdb('$/secret.db')",
                    "FROM glob('$/*')",
                    "FROM glob('/etc/pass*')",
                    "FROM '/etc/passwd'",
                    "FROM '$/secret.csv'",
                    "SELECT * FROM '$/secret.json'",
                    "SELECT * FROM '$/secret.parquet'",
                    "FROM \"$/secret.csv\"",
                    "SELECT a FROM \"$/secret.parquet\" AS x",
                    "FROM '$/*.parquet'",
                    "FROM 'file://$/secret.csv'",
                    "FROM \"file.csv\"",
                    "FROM 'http://127.0.0.1:9/x.csv'",
                    "FROM read_csv('https://127.0.0.1:9/x.csv')",
                    "FROM read_parquet('s3://bucket/x.parquet')",
                    "SUMMARIZE '$/secret.csv'",
                    "DESCRIBE FROM '$/secret.csv'",
                    "SUMMARIZE FROM read_csv('$/secret.csv')",
                    "PIVOT '$/secret.csv' ON b USING first(a)",
                    "SELECT (SELECT content FROM read_text('$/secret.csv')) AS x",
                    "WITH x AS (FROM read_text('$/secret.csv')) FROM x",
                    "SELECT 1 AS x WHERE EXISTS (FROM read_text('$/secret.csv'))",
                    "SELECT 'x' AS content UNION ALL SELECT content FROM read_text('$/secret.csv')",
                    "FROM range(1) r, LATERAL (FROM read_text('$/secret.csv'))",
                    "INSERT INTO @ FROM '$/secret.csv'",
                    "INSERT INTO @ FROM read_csv('$/secret.csv')",
                    "UPDATE @ SET a = x.a FROM read_csv('$/secret.csv') x",
                    "DELETE FROM @ USING read_csv('$/secret.csv') x",
                    "MERGE INTO @ USING (FROM read_csv('$/secret.csv')) x ON false"
                            + " WHEN NOT MATCHED THEN INSERT VALUES (x.a, x.b)",
                    "CREATE OR REPLACE TABLE @ AS FROM '$/secret.csv'",
                    "CREATE TEMP TABLE secret_copy AS FROM read_text('$/secret.csv')",
                    "COPY @ FROM '$/secret.csv'",
                    "COPY @ FROM '$/secret.csv' (FORMAT csv, HEADER)",
                    "CALL read_text('$/secret.csv')",
                    "FROM query('FROM read_text(''$/secret.csv'')')",
                    "FROM query('FROM read_' || 'text(''$/secret.csv'')')",
                    "FROM query_table('$/secret.csv')",
                    "FROM query_table(['$/secret.csv'])",
                    "FROM json_execute_serialized_sql("
                            + "json_serialize_sql('FROM read_text(''$/secret.csv'')'))",
                    "PRAGMA json_execute_serialized_sql("
                            + "json_serialize_sql('FROM read_text(''$/secret.csv'')'))");
        }

        @ParameterizedTest
        @MethodSource("reading")
        void cannotBeRead(String template) {
            assertRefused(filledIn(template));
        }

        static Stream<String> hiding() {
            return Stream.of(
                    "fRoM ReAd_TeXt('$/secret.csv')",
                    "FROM \"read_text\"('$/secret.csv')",
                    "FROM \"READ_TEXT\"('$/secret.csv')",
                    "FROM main.read_text('$/secret.csv')",
                    "FROM system.main.read_text('$/secret.csv')",
                    "FROM read_text/* ( */('$/secret.csv')",
                    "FROM/**/read_text -- (\n ('$/secret.csv')",
                    "/* SELECT 1 */ FROM read_text('$/secret.csv')",
                    "-- SELECT 1\nFROM read_text('$/secret.csv')",
                    "FROM read_text($$$/secret.csv$$)",
                    "FROM read_text($x$$/secret.csv$x$)",
                    "FROM read_text(E'$/secret\\x2Ecsv')",
                    "FROM read_text('$/' || 'secret.csv')",
                    "FROM read_text(concat('$/', 'secret', chr(46), 'csv'))",
                    "FROM read_text(replace('$/secret-csv', '-', '.'))",
                    "SELECT 'it''s' AS x; FROM read_text('$/secret.csv')",
                    "SELECT E'\\'' AS x; FROM read_text('$/secret.csv') --'",
                    "SELECT $$'$$ AS x; FROM read_text('$/secret.csv') --'",
                    "SELECT 1 AS \"'\"; FROM read_text('$/secret.csv') --'",
                    "SELECT 1 AS \"--\"; FROM read_text('$/secret.csv')",
                    "SELECT '/*' AS x; FROM read_text('$/secret.csv') -- */",
                    "BEGIN TRANSACTION; FROM read_text('$/secret.csv'); COMMIT",
                    "EXPLAIN FROM read_csv('$/secret.csv')",
                    "EXPLAIN ANALYZE FROM read_text('$/secret.csv')",
                    "EXPLAIN ANALYZE COPY (SELECT 1) TO '$/out.csv'",
                    "PREPARE hidden AS FROM read_text('$/secret.csv'); EXECUTE hidden",
                    "PREPARE hidden AS FROM read_text(?); EXECUTE hidden('$/secret.csv')",
                    "PREPARE hidden AS COPY (SELECT 1) TO '$/out.csv'; EXECUTE hidden",
                    "SET VARIABLE path = '$/secret.csv'; FROM read_text(getvariable('path'))",
                    "CREATE OR REPLACE TEMP MACRO hidden() AS TABLE FROM read_text('$/secret.csv');"
                            + " FROM hidden()",
                    "CREATE OR REPLACE TEMP MACRO hidden(f) AS TABLE FROM read_text(f);"
                            + " FROM hidden('$/secret.csv')",
                    "CREATE OR REPLACE TEMP VIEW hidden AS FROM read_text('$/secret.csv');"
                            + " FROM hidden",
                    "SELECT 1 AS x; COPY (SELECT 1) TO '$/out.csv'",
                    "SELECT 1 AS x;;; COPY (SELECT 1) TO '$/out.csv'",
                    "cOpY/**/(SELECT 1)tO'$/out.csv'");
        }

        @ParameterizedTest
        @MethodSource("hiding")
        void cannotBeReadByATrick(String template) {
            assertRefused(filledIn(template));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "COPY (SELECT 1 AS x) TO '$/out.csv'",
                    "COPY (SELECT 1 AS x) TO '$/out.parquet' (FORMAT parquet)",
                    "COPY (SELECT 1 AS x) TO '$/out.json'",
                    "COPY (SELECT 1 AS x) TO '$/secret.csv'",
                    "COPY (SELECT 1 AS x, 2 AS y) TO '$/out' (FORMAT csv, PARTITION_BY (x))",
                    "COPY @ TO '$/out.csv'",
                    "EXPORT DATABASE '$/export'",
                    "IMPORT DATABASE '$/export'",
                    "ATTACH '$/new.db' AS new_db",
                    "ATTACH 'duckdb:$/new.db'",
                    "SET log_query_path = '$/log'",
                    "PRAGMA profiling_output = '$/profile'",
                    "SET profile_output = '$/profile'",
                    "CALL enable_logging(storage := 'file', storage_config := {'path': '$/log'})"
                })
        void cannotBeWritten(String template) {
            assertRefused(filledIn(template));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/validate", "/explain"})
        void cannotBeSeenByOtherEndpoints(String endpoint) {
            for (String template :
                    List.of(
                            "FROM read_text('$/secret.csv')",
                            "FROM '$/secret.csv'",
                            "COPY (SELECT 1 AS x) TO '$/out.csv'",
                            "ANALYZE COPY (SELECT 1 AS x) TO '$/out.csv'",
                            "SELECT 1; COPY (SELECT 1 AS x) TO '$/out.csv'",
                            "ATTACH '$/new.db' AS new_db")) {
                Answer answer =
                        client().postJson(
                                        endpoint,
                                        WireClient.statement(filledIn(template)).toString());

                assertThat(answer.status()).as(template).isLessThan(500);
                assertThat(answer.body()).doesNotContain(SECRET);
            }
        }

        @Test
        void cannotBeReachedByTheNameOfATable() {
            Path csv = folder.resolve("secret.csv");
            for (String name : List.of(csv.toString(), "read_text('" + csv + "')")) {
                Answer answer =
                        client().upload("append", unused().named(name), Payload.csv("a,b", "x,1"));

                answer.mustBeRefused();
                assertThat(answer.body()).doesNotContain(SECRET);
            }
            try {
                assertThat(Files.readString(csv)).isEqualTo("a,b\n" + SECRET + ",1\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Nested
    @DisplayName("configuration of the server")
    class Configuration {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ATTACH ':memory:' AS other",
                    "ATTACH IF NOT EXISTS ':memory:' AS other",
                    "ATTACH OR REPLACE ':memory:' AS other",
                    "/* x */ aTtAcH ':memory:' AS other",
                    "DETACH system",
                    "DETACH DATABASE IF EXISTS other",
                    "INSTALL httpfs",
                    "FORCE INSTALL httpfs",
                    "INSTALL httpfs FROM community",
                    "LOAD httpfs",
                    "LOAD '/tmp/evil.duckdb_extension'",
                    "UPDATE EXTENSIONS",
                    "SET threads = 1",
                    "sEt\tThReAdS = 1",
                    "-- x\nSET threads = 1",
                    "SET \"threads\" = 1",
                    "SET GLOBAL memory_limit = '1GB'",
                    "SET SESSION enable_progress_bar = true",
                    "SET enable_external_access = true",
                    "SET allowed_directories = ['/']",
                    "SET allowed_paths = ['/etc/passwd']",
                    "SET lock_configuration = false",
                    "SET autoinstall_known_extensions = true",
                    "SET autoload_known_extensions = true",
                    "SET allow_unsigned_extensions = true",
                    "SET allow_community_extensions = true",
                    "SET custom_extension_repository = 'http://127.0.0.1:9'",
                    "SET extension_directory = '/tmp'",
                    "SET home_directory = '/tmp'",
                    "SET temp_directory = '/tmp/x'",
                    "SET secret_directory = '/tmp/x'",
                    "SET file_search_path = '/etc'",
                    "SET http_proxy = 'http://127.0.0.1:9'",
                    "RESET threads",
                    "RESET GLOBAL memory_limit",
                    "PRAGMA threads = 1",
                    "PRAGMA memory_limit = '1GB'",
                    "pragma/**/threads=1",
                    "PRAGMA enable_profiling",
                    "PRAGMA enable_external_access = true",
                    "CREATE SECRET hidden (TYPE http, BEARER_TOKEN 'x')",
                    "CREATE OR REPLACE TEMPORARY SECRET hidden (TYPE s3, KEY_ID 'x', SECRET 'y')",
                    "CREATE PERSISTENT SECRET hidden (TYPE s3, KEY_ID 'x', SECRET 'y')",
                    "SELECT 1 AS x; SET threads = 1",
                    "BEGIN TRANSACTION; SET threads = 1; COMMIT",
                    "SELECT ';' AS x; ATTACH ':memory:' AS other",
                    "SELECT 1 AS x /* ; */; /* y */ LOAD httpfs"
                })
        void cannotBeChanged(String statement) {
            assertRefused(statement);
        }

        @Test
        void theCatalogCannotBeDetached() {
            assertRefused("DETACH " + Table.quote(target().catalog()));
            assertRefused("DETACH DATABASE " + Table.quote(target().catalog()));

            assertThat(count(table("id INTEGER"))).isZero();
        }

        @Test
        void theTimeZoneMayBeSetForTheRequestItself() {
            String text = "SELECT CAST(TIMESTAMPTZ '2024-01-01 00:00:00+00' AS VARCHAR) AS t";
            String before = value(text);

            run("SET TimeZone = 'Asia/Tokyo'");
            run("SET TimeZone = 'Asia/Tokyo'; " + text);

            assertThat(value(text)).isEqualTo(before);
        }
    }

    @Nested
    @DisplayName("words that only look dangerous")
    class Harmless {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SELECT 'copy to attach' AS x",
                    "SELECT 'COPY t TO ''/tmp/x''; ATTACH ''y''; INSTALL z' AS x",
                    "SELECT 'read_csv(''/etc/passwd'')' AS x",
                    "SELECT $$it's; attach 'x'$$ AS x",
                    "SELECT $tag$ LOAD httpfs; $tag$ AS x",
                    "SELECT E'it\\'s; attach' AS x",
                    "SELECT 1 AS \"install\"",
                    "SELECT 1 AS load, 2 AS copy, 3 AS attach, 4 AS export, 5 AS pragma, 6 AS"
                            + " \"set\"",
                    "SELECT 1 AS \"read_csv('/etc/passwd')\"",
                    "SELECT x.load FROM (SELECT 1 AS load) x",
                    "WITH install AS (SELECT 1 AS attach) SELECT attach FROM install",
                    "SELECT 1 AS x -- ATTACH 'y'; LOAD z",
                    "SELECT 1 AS x /* ; COPY t TO '/tmp/x'; */",
                    "/* INSTALL httpfs; */ SELECT 1 AS x;",
                    "SELECT lower('PRAGMA') || upper('detach') AS x",
                    "SELECT 'a' LIKE '%copy%' AS x",
                    "SELECT replace('/etc/passwd', 'etc', 'tmp') AS x",
                    "SELECT 'x.csv' AS x, 'y.parquet' AS y",
                    "SELECT \"glob\" FROM (SELECT 1 AS \"glob\")",
                    "SELECT read_text FROM (SELECT 'LOAD' AS read_text)",
                    "SELECT '--' AS x, '/*' AS y, ';' AS z",
                    "EXPLAIN SELECT 1 AS x"
                })
        void areJustWords(String statement) {
            assertThat(rows(statement)).isNotEmpty();
        }

        @Test
        void tablesAndColumnsMayHaveSuchNames() {
            Table table = unused();
            Table named = table.named(table.name() + " copy to 'x.csv'; attach");
            create(
                    named,
                    "\"install\" INTEGER, \"load\" VARCHAR, \"read_csv\" VARCHAR,"
                            + " \"attach.csv\" VARCHAR");
            run(
                    "INSERT INTO "
                            + named.sql()
                            + " VALUES (1, 'ATTACH ''x''', 'read_csv(''/etc/passwd'')', 'x')");
            append(
                    named,
                    Payload.jsonl(
                            "{\"install\":2,\"load\":\"COPY\",\"read_csv\":\"EXPORT DATABASE\","
                                    + "\"attach.csv\":\"SET x\"}"));

            assertThat(
                            rows(
                                    "SELECT \"install\", \"load\", \"read_csv\", \"attach.csv\""
                                            + " FROM "
                                            + named.sql()
                                            + " ORDER BY 1"))
                    .containsExactly(
                            "[1,\"ATTACH 'x'\",\"read_csv('/etc/passwd')\",\"x\"]",
                            "[2,\"COPY\",\"EXPORT DATABASE\",\"SET x\"]");
        }

        @Test
        void updateSetAndCreateOrReplaceAreDml() {
            Table table = table("load INTEGER, copy VARCHAR");
            run("INSERT INTO " + table.sql() + " (load, copy) VALUES (1, 'x')");
            run("UPDATE " + table.sql() + " SET load = 2, copy = 'set threads = 1'");

            assertThat(rows("SELECT load, copy FROM " + table.sql()))
                    .containsExactly("[2,\"set threads = 1\"]");
        }
    }
}
