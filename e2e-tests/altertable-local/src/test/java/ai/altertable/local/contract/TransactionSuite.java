package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §2: several statements in one call, and what makes them a transaction. */
abstract class TransactionSuite extends ContractPart {

    /** Takes some tenths of a second, and asks the server for nothing but its time. */
    static final String SLOW =
            "SELECT count(*) AS n FROM range(30000) a, range(3000) b"
                    + " WHERE (a.range * b.range) % 7 = 3";

    @Nested
    @DisplayName("§2 several statements run in order")
    class Scripts {

        @Test
        void eachSeesTheOnesBefore() {
            Table table = unused();

            run(
                    "CREATE TABLE "
                            + table.sql()
                            + " (id INTEGER); INSERT INTO "
                            + table.sql()
                            + " VALUES (1); INSERT INTO "
                            + table.sql()
                            + " SELECT id + 1 FROM "
                            + table.sql());

            assertThat(rows("SELECT id FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1]", "[2]");
        }

        @Test
        void aSemicolonInTextIsNotTheEndOfAStatement() {
            Table table = table("s VARCHAR");

            run(
                    "INSERT INTO "
                            + table.sql()
                            + " VALUES ('a;b'); INSERT INTO "
                            + table.sql()
                            + " VALUES ($$c;d$$) -- ; e\n; INSERT INTO "
                            + table.sql()
                            + " VALUES (/* ; */ 'f')");

            assertThat(rows("SELECT s FROM " + table.sql() + " ORDER BY s"))
                    .containsExactly("[\"a;b\"]", "[\"c;d\"]", "[\"f\"]");
        }

        @Test
        @DisplayName("§2 a semicolon list is not a transaction by itself")
        void whatRanBeforeAFailureStays() {
            Table table = table("id INTEGER");

            client().query(
                            "INSERT INTO "
                                    + table.sql()
                                    + " VALUES (1); INSERT INTO "
                                    + table.sql()
                                    + " SELECT error('boom')::INTEGER;"
                                    + " INSERT INTO "
                                    + table.sql()
                                    + " VALUES (3)")
                    .mustFail();

            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
        }

        @Test
        void nothingRunsAfterAFailure() {
            Table table = table("id INTEGER");

            client().query(
                            "SELECT * FROM "
                                    + unused().sql()
                                    + "; INSERT INTO "
                                    + table.sql()
                                    + " VALUES (1)")
                    .mustFail();
            client().query("SELECT 1 AS x; SELEC 2; INSERT INTO " + table.sql() + " VALUES (2)")
                    .mustFail();

            assertThat(count(table)).isZero();
        }
    }

    @Nested
    @DisplayName("§2 BEGIN TRANSACTION … COMMIT is one transaction")
    class Transactions {

        @Test
        void commitMakesAllOfItVisible() {
            Table one = table("id INTEGER");
            Table two = table("id INTEGER");

            run(
                    "BEGIN TRANSACTION; INSERT INTO "
                            + one.sql()
                            + " VALUES (1); INSERT INTO "
                            + two.sql()
                            + " SELECT id + 1 FROM "
                            + one.sql()
                            + "; DELETE FROM "
                            + one.sql()
                            + "; COMMIT");

            assertThat(count(one)).isZero();
            assertThat(rows("SELECT id FROM " + two.sql())).containsExactly("[2]");
        }

        @Test
        void aFailingStatementLeavesNothing() {
            Table table = table("id INTEGER");

            client().query(
                            "BEGIN TRANSACTION; INSERT INTO "
                                    + table.sql()
                                    + " VALUES (1); INSERT INTO "
                                    + table.sql()
                                    + " SELECT error('boom')::INTEGER; COMMIT")
                    .mustFail();

            assertThat(count(table)).isZero();
        }

        @Test
        void aFailingScriptRollsBackDdlToo() {
            Table table = unused();

            client().query(
                            "BEGIN TRANSACTION; CREATE TABLE "
                                    + table.sql()
                                    + " (id INTEGER); SELECT * FROM "
                                    + unused().sql()
                                    + "; COMMIT")
                    .mustFail();

            assertThat(exists(table)).isFalse();
        }

        @Test
        void rollbackLeavesNothing() {
            Table table = table("id INTEGER");

            run("BEGIN TRANSACTION; INSERT INTO " + table.sql() + " VALUES (1); ROLLBACK");

            assertThat(count(table)).isZero();
        }

        @Test
        void aBeginWithoutCommitLeavesNothingAfterTheRequest() {
            Table table = table("id INTEGER");

            client().query("BEGIN TRANSACTION; INSERT INTO " + table.sql() + " VALUES (1)");
            client().query("COMMIT");

            assertThat(count(table)).isZero();
            run("INSERT INTO " + table.sql() + " VALUES (2)");
            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[2]");
        }

        @Test
        @DisplayName("§2 after a failed script a best-effort ROLLBACK is harmless")
        void rollbackAfterAFailureIsHarmless() {
            Table table = table("id INTEGER");
            run("INSERT INTO " + table.sql() + " VALUES (1)");
            client().query(
                            "BEGIN TRANSACTION; DELETE FROM "
                                    + table.sql()
                                    + "; SELECT error('boom') AS e; COMMIT")
                    .mustFail();

            assertThat(client().query("ROLLBACK").answer().status()).isIn(200, 400);

            assertThat(count(table)).isEqualTo(1);
            run("INSERT INTO " + table.sql() + " VALUES (2)");
            assertThat(count(table)).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"begin transaction", "BEGIN", "Begin  Transaction", "/* x */ BEGIN"})
        void beginIsSpelledInManyWays(String begin) {
            Table table = table("id INTEGER");

            client().query(
                            begin
                                    + "; INSERT INTO "
                                    + table.sql()
                                    + " VALUES (1); SELECT error('boom') AS e; COMMIT;")
                    .mustFail();

            assertThat(count(table)).isZero();
        }

        @Test
        @DisplayName("§2 read the effect back: a transaction sees its own writes only until commit")
        void othersSeeNothingBeforeTheCommit() {
            Table table = table("id INTEGER");
            CompletableFuture<QueryAnswer> script =
                    client().queryInBackground(
                                    WireClient.statement(
                                            "BEGIN TRANSACTION; INSERT INTO "
                                                    + table.sql()
                                                    + " VALUES (1); "
                                                    + SLOW
                                                    + "; INSERT INTO "
                                                    + table.sql()
                                                    + " VALUES (2); COMMIT"));

            List<Long> seen = new ArrayList<>();
            while (!script.isDone()) {
                seen.add(count(table));
            }
            script.join().mustSucceed();

            assertThat(seen).isNotEmpty().isSubsetOf(0L, 2L);
            assertThat(count(table)).isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("§3 a transaction conflict says so in words")
    class Conflicts {

        @Test
        void twoWritersOfOneRowEndInAConflict() {
            Table table = table("id INTEGER, v INTEGER");
            run("INSERT INTO " + table.sql() + " VALUES (1, 0)");
            CompletableFuture<QueryAnswer> slow =
                    client().queryInBackground(
                                    WireClient.statement(
                                            "BEGIN TRANSACTION; UPDATE "
                                                    + table.sql()
                                                    + " SET v = -1 WHERE id = 1; "
                                                    + SLOW
                                                    + "; COMMIT"));

            List<QueryAnswer> answers = new ArrayList<>();
            while (!slow.isDone()) {
                answers.add(
                        client().query("UPDATE " + table.sql() + " SET v = v + 1 WHERE id = 1"));
            }
            answers.add(slow.join());

            List<String> failures =
                    answers.stream()
                            .filter(QueryAnswer::failed)
                            .map(QueryAnswer::mustFail)
                            .toList();
            assertThat(failures).as("one of them lost").isNotEmpty().allMatch(Answer::saysConflict);
            assertThat(count(table)).isEqualTo(1);
        }
    }
}
