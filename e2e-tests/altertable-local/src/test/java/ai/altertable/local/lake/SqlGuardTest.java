package ai.altertable.local.lake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlGuardTest {

    private final SqlGuard guard = new SqlGuard(List.of("spool-1234", "lake.files"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY t TO 'x'",
                "copy (select 1) to 'x'",
                "/* a /* nested */ b */ -- c\n COPY t FROM 'x'",
                "\u00a0COPY\u2003t TO 'x'",
                "SELECT 1; COPY t TO 'x'",
                "EXPLAIN COPY t TO 'x'",
                "EXPLAIN ANALYZE COPY t TO 'x'",
                "EXPLAIN (FORMAT JSON) COPY t TO 'x'",
                "PREPARE p AS COPY t TO 'x'",
                "ATTACH 'x'",
                "DETACH lake",
                "INSTALL httpfs",
                "FORCE INSTALL httpfs",
                "LOAD httpfs",
                "UPDATE EXTENSIONS",
                "EXPORT DATABASE 'x'",
                "IMPORT DATABASE 'x'",
                "CREATE SECRET s (TYPE s3)",
                "CREATE OR REPLACE PERSISTENT SECRET s (TYPE s3)",
                "DROP SECRET s",
                "SET threads = 1",
                "SET GLOBAL memory_limit = '1GB'",
                "RESET enable_external_access",
                "PRAGMA enable_profiling",
                "PRAGMA memory_limit='1GB'",
                "SELECT * FROM read_csv('x')",
                "SELECT * FROM READ_TEXT ('x')",
                "SELECT * FROM \"read_blob\"('x')",
                "SELECT * FROM system.main.read_parquet('x')",
                "FROM glob('*')",
                "FROM query('select 1')",
                "FROM query_table('t')",
                "CREATE MACRO m(x) AS TABLE FROM read_json(x)",
                "FROM '/tmp/spool-1234/a.upload'",
                "FROM \"/tmp/spool-1234/a.upload\"",
                "SELECT E'lake.files'",
                "SELECT $$a/lake.files/b$$",
                "FROM E'/tmp/\\x6cake.files/*.parquet'",
                "FROM E'/tmp/lake\\056files/*.parquet'",
                "FROM E'/tmp/lake\\u002efiles/*.parquet'",
                "FROM E'/tmp/\\U0000006cake.files/*.parquet'",
                "FROM json_execute_serialized_sql(json_serialize_sql('FROM read_' || 'csv(1)'))",
                "DELETE FROM __ducklake_metadata_lake.ducklake_snapshot",
                "DELETE FROM \"__DuckLake_metadata_lake\".ducklake_snapshot",
                "USE __ducklake_metadata_lake",
                "SET search_path = '__ducklake_metadata_lake.main'",
                "CALL ducklake_add_data_files('lake', 't', 'x')",
                "CALL enable_logging()",
                "",
                " ; -- nothing\n;",
                "SELECT 'a\u0000b'"
            })
    void refuses(String sql) {
        assertThatThrownBy(() -> guard.check(sql)).isInstanceOf(BadRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'COPY t TO x; ATTACH y'",
                "SELECT \"install\", \"load\" FROM copy",
                "SELECT read_csv FROM t",
                "SELECT $tag$ read_csv('x') $tag$",
                "SELECT 1 -- read_csv('x')",
                "SELECT E'it\\'s read_csv(''x'')'",
                "SELECT E'\\x', E'\\uffffffff', E'\\Uffffffff', E'\\'",
                "INSERT INTO t VALUES ('__ducklake_metadata_lake')",
                "SET TimeZone = 'Europe/Berlin'",
                "SET VARIABLE x = 1",
                "SET SESSION TimeZone = 'UTC'",
                "PRAGMA table_info('t')",
                "FORCE CHECKPOINT lake",
                "CHECKPOINT lake",
                "BEGIN TRANSACTION; INSERT INTO t VALUES (1); COMMIT",
                "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE",
                "CREATE TABLE lake.main.\"COPY\" (a INTEGER)",
                "EXPLAIN SELECT 1",
                "UPDATE t SET a = 1",
                "SELECT query FROM logs",
                "((SELECT 1))"
            })
    void letsThrough(String sql) {
        assertThatCode(() -> guard.check(sql)).doesNotThrowAnyException();
    }
}
