package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §5, for servers whose storage is DuckLake. */
abstract class DuckLakeSuite extends ContractPart {

    private String catalog() {
        return Table.quote(target().catalog());
    }

    private long snapshot() {
        return Long.parseLong(value("FROM " + catalog() + ".current_snapshot()"));
    }

    private List<String> changes(Table table, long from, long to, String columns) {
        return rows(
                "SELECT "
                        + columns
                        + " FROM "
                        + catalog()
                        + ".table_changes("
                        + Table.literal(table.name())
                        + ", "
                        + from
                        + ", "
                        + to
                        + ") ORDER BY ALL");
    }

    /** The catalog's own tables are no tables of the lakehouse. */
    @ParameterizedTest
    @ValueSource(strings = {"catalog", "schema"})
    void theBookkeepingIsClosed(String field) {
        String bookkeeping = "__ducklake_metadata_" + target().catalog();
        String delete = "DELETE FROM %sducklake_snapshot WHERE false";

        client().query(delete.formatted(bookkeeping + ".")).mustFail();
        client().query("USE " + bookkeeping + "; " + delete.formatted("")).mustFail();
        client().query(WireClient.statement(delete.formatted("")).put(field, bookkeeping))
                .mustFail();
    }

    @Nested
    @DisplayName("§5 what DDL does not have")
    class Ddl {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "id INTEGER PRIMARY KEY",
                    "id INTEGER, PRIMARY KEY (id)",
                    "id INTEGER UNIQUE",
                    "e ENUM('a', 'b')",
                    "a INTEGER[3]",
                    "u UNION(i INTEGER, s VARCHAR)"
                })
        void isRefused(String columns) {
            Table table = unused();

            client().query("CREATE TABLE " + table.sql() + " (" + columns + ")").mustFail();

            assertThat(exists(table)).isFalse();
        }

        @Test
        void notNullAndLiteralDefaultsAreFine() {
            Table table = table("id INTEGER NOT NULL, name VARCHAR DEFAULT 'none'");

            run("INSERT INTO " + table.sql() + " (id) VALUES (1)");

            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,\"none\"]");
        }
    }

    @Nested
    @DisplayName("§5 every commit is a snapshot")
    class Snapshots {

        @Test
        void anOldVersionCanStillBeRead() {
            Table table = table("id INTEGER");
            append(table, Payload.jsonl("{\"id\":1}"));
            long version = snapshot();
            append(table, Payload.jsonl("{\"id\":2}"));
            run("DELETE FROM " + table.sql() + " WHERE id = 1");

            assertThat(rows("SELECT id FROM " + table.sql() + " AT (VERSION => " + version + ")"))
                    .containsExactly("[1]");
            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[2]");
        }

        @Test
        void currentSnapshotNamesTheNewestOfTheList() {
            append(table("id INTEGER"), Payload.jsonl("{\"id\":1}"));
            long before = snapshot();

            append(table("id INTEGER"), Payload.jsonl("{\"id\":1}"));

            assertThat(snapshot()).isGreaterThan(before);
            assertThat(
                            rows(
                                    "SELECT snapshot_id FROM "
                                            + catalog()
                                            + ".snapshots() WHERE snapshot_id = "
                                            + before))
                    .hasSize(1);
        }

        @Test
        void oneUploadIsOneSnapshot() {
            Table table = table("id BIGINT");
            long before = snapshot();
            append(table, Payload.parquet("SELECT range AS id FROM range(10000)"));

            assertThat(changes(table, before + 1, snapshot(), "DISTINCT snapshot_id, change_type"))
                    .hasSize(1);
        }

        @Test
        void aVersionThatIsNotThereFails() {
            Table table = table("id INTEGER");

            client().query("SELECT * FROM " + table.sql() + " AT (VERSION => 999999999)")
                    .mustFail();
        }

        @Test
        void onlyCommittedTransactionsMakeOne() {
            Table table = table("id INTEGER");
            long before = snapshot();

            client().query(
                            "BEGIN TRANSACTION; INSERT INTO "
                                    + table.sql()
                                    + " VALUES (1); SELECT error('boom') AS e; COMMIT")
                    .mustFail();

            assertThat(snapshot()).isEqualTo(before);
        }
    }

    @Nested
    @DisplayName("§5 table_changes(table, from, to), both bounds inclusive")
    class Changes {

        @Test
        void tellsInsertsUpdatesAndDeletes() {
            Table table = table("id INTEGER, v VARCHAR");
            run("INSERT INTO " + table.sql() + " VALUES (1, 'a'), (2, 'b')");
            long inserted = snapshot();
            run("UPDATE " + table.sql() + " SET v = 'z' WHERE id = 1");
            long updated = snapshot();
            run("DELETE FROM " + table.sql() + " WHERE id = 2");
            long deleted = snapshot();

            assertThat(changes(table, inserted, inserted, "change_type, id, v"))
                    .containsExactly("[\"insert\",1,\"a\"]", "[\"insert\",2,\"b\"]");
            assertThat(changes(table, updated, updated, "change_type, id, v"))
                    .containsExactly(
                            "[\"update_postimage\",1,\"z\"]", "[\"update_preimage\",1,\"a\"]");
            assertThat(changes(table, deleted, deleted, "change_type, id, v"))
                    .containsExactly("[\"delete\",2,\"b\"]");
            assertThat(changes(table, inserted, deleted, "snapshot_id, rowid, change_type"))
                    .hasSize(5);
        }

        @Test
        void namesTheRowsThatAnUploadBrought() {
            Table table = table("id INTEGER");
            append(table, Payload.jsonl("{\"id\":1}", "{\"id\":2}"));
            long version = snapshot();

            assertThat(changes(table, version, version, "change_type, id"))
                    .containsExactly("[\"insert\",1]", "[\"insert\",2]");
        }
    }

    @Nested
    @DisplayName("§5 rowid is unique and stable")
    class RowIds {

        @Test
        void throughUpdatesAndDeletes() {
            Table table = table("id INTEGER, v VARCHAR");
            append(table, Payload.parquet("SELECT range::INTEGER AS id, 'a' AS v FROM range(100)"));
            append(
                    table,
                    Payload.parquet("SELECT range::INTEGER AS id, 'a' AS v FROM range(100, 200)"));
            String ids = "SELECT rowid, id FROM " + table.sql() + " WHERE id >= 50 ORDER BY id";
            List<String> before = rows(ids);

            run("DELETE FROM " + table.sql() + " WHERE id < 50");
            run("UPDATE " + table.sql() + " SET v = 'b' WHERE id >= 150");

            assertThat(rows(ids)).isEqualTo(before);
            assertThat(rows("SELECT count(DISTINCT rowid), count(*) FROM " + table.sql()))
                    .containsExactly("[150,150]");
        }
    }

    @Nested
    @DisplayName("§5 conflicts")
    class Conflicts {

        @Test
        void concurrentInsertsIntoOneTableNeverConflict() {
            Table table = table("id INTEGER");
            List<CompletableFuture<Answer>> uploads =
                    IntStream.range(0, 8)
                            .mapToObj(
                                    i ->
                                            client().uploadInBackground(
                                                            "append",
                                                            table,
                                                            Payload.jsonl("{\"id\":" + i + "}")))
                            .toList();

            uploads.forEach(upload -> upload.join().mustBeAccepted());

            assertThat(rows("SELECT count(*), count(DISTINCT id) FROM " + table.sql()))
                    .containsExactly("[8,8]");
        }

        @Test
        void anInsertAndADeleteOfOneTableDo() {
            Table table = table("id INTEGER");
            append(table, Payload.parquet("SELECT range::INTEGER AS id FROM range(1000)"));
            CompletableFuture<QueryAnswer> delete =
                    client().queryInBackground(
                                    WireClient.statement(
                                            "BEGIN TRANSACTION; DELETE FROM "
                                                    + table.sql()
                                                    + " WHERE id = 1; "
                                                    + TransactionSuite.SLOW
                                                    + "; COMMIT"));

            List<Answer> inserts = new ArrayList<>();
            while (!delete.isDone()) {
                inserts.add(client().upload("append", table, Payload.jsonl("{\"id\":-1}")));
            }

            QueryAnswer deleted = delete.join();
            long inserted = inserts.stream().filter(Answer::accepted).count();
            assertThat(deleted.failed() || inserted < inserts.size())
                    .as("one of them lost")
                    .isTrue();
            deleted.error().ifPresent(e -> assertThat(e).matches(Answer::saysConflict));
            assertThat(inserts).allMatch(insert -> insert.accepted() || insert.conflicted());
            assertThat(count(table)).isEqualTo(1000 + inserted - (deleted.failed() ? 0 : 1));
        }

        @Test
        void aTransactionReadsOneSnapshot() {
            Table table = table("id INTEGER");
            Table result = table("step INTEGER, n BIGINT");
            String countInto =
                    "INSERT INTO "
                            + result.sql()
                            + " SELECT %d, count(*) FROM "
                            + table.sql()
                            + "; ";
            CompletableFuture<QueryAnswer> reader =
                    client().queryInBackground(
                                    WireClient.statement(
                                            "BEGIN TRANSACTION; "
                                                    + countInto.formatted(1)
                                                    + TransactionSuite.SLOW
                                                    + "; "
                                                    + countInto.formatted(2)
                                                    + "COMMIT"));
            while (!reader.isDone()) {
                append(table, Payload.jsonl("{\"id\":1}"));
            }
            reader.join().mustSucceed();

            assertThat(rows("SELECT count(DISTINCT n) FROM " + result.sql()))
                    .containsExactly("[1]");
        }
    }
}
