package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "300, MISCONFIGURED",
        "301, MISCONFIGURED",
        "302, MISCONFIGURED",
        "307, MISCONFIGURED",
        "308, MISCONFIGURED",
        "400, REJECTED",
        "401, MISCONFIGURED",
        "402, MISCONFIGURED",
        "403, MISCONFIGURED",
        "404, MISCONFIGURED",
        "405, MISCONFIGURED",
        "407, MISCONFIGURED",
        "408, UNKNOWN",
        "409, REJECTED",
        "410, MISCONFIGURED",
        "413, TOO_LARGE",
        "414, MISCONFIGURED",
        "415, MISCONFIGURED",
        "422, MISCONFIGURED",
        "429, NOT_NOW",
        "451, MISCONFIGURED",
        "500, UNKNOWN",
        "501, UNKNOWN",
        "502, UNKNOWN",
        "503, NOT_NOW",
        "504, UNKNOWN",
        "520, UNKNOWN",
        "599, UNKNOWN",
        "999, UNKNOWN",
    })
    void isTheVerdictOnAStatus(int status, Outcome outcome) {
        assertThat(Outcome.ofStatus(status, "no words about it")).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"400, CONFLICT", "409, CONFLICT", "401, MISCONFIGURED", "500, UNKNOWN"})
    void readsTheWordsOnlyWhereTheStatusLeavesItOpen(int status, Outcome outcome) {
        assertThat(Outcome.ofStatus(status, "Transaction conflict")).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transaction conflict - attempting to insert into table with index \"3\"",
                "TransactionContext Error: Failed to commit: write-write conflict on key: \"1\"",
                "Conflict on tuple deletion!",
                "Catalog write-write conflict on alter with \"orders\"",
                "Failed to commit DuckLake transaction. Exceeded the maximum retry count of 10",
                "CONFLICTS with another transaction",
                "TRANSACTION_CONFLICT",
                "no luck this time; WRITE_WRITE_CONFLICT",
            })
    void knowsAConflictOfTransactionsByItsWords(String words) {
        assertThat(Outcome.ofWords(words)).isEqualTo(Outcome.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Referenced column \"conflict\" not found in FROM clause!",
                "Table 'conflict' does not exist",
                "Column conflict_id is missing",
                "Column has_conflict is missing",
                "Column \"HAS_CONFLICT\" is missing",
                "Binder Error: no UNIQUE constraints, so no ON CONFLICT clause",
                "Conflicting types",
                "Malformed JSON at byte 17",
            })
    void doesNotTakeANameForAConflict(String words) {
        assertThat(Outcome.ofWords(words)).isEqualTo(Outcome.REJECTED);
    }

    @ParameterizedTest
    @EnumSource
    void neverRepeatsWhatMayHaveHappenedAndMustNotHappenTwice(Outcome outcome) {
        boolean harmless = outcome.retryHelps() && !outcome.mayBeApplied();

        assertThat(Operation.CREATE.retriesAfter(outcome)).isEqualTo(harmless);
        assertThat(Operation.CHANGE.retriesAfter(outcome)).isEqualTo(harmless);
        assertThat(Operation.APPEND.retriesAfter(outcome)).isEqualTo(outcome.retryHelps());
        assertThat(Operation.UPSERT.retriesAfter(outcome)).isEqualTo(outcome.retryHelps());
        assertThat(Operation.OVERWRITE.retriesAfter(outcome)).isEqualTo(outcome.retryHelps());
        assertThat(Operation.READ.retriesAfter(outcome)).isEqualTo(outcome.retryHelps());
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_NOW, true, false",
        "UNREACHABLE, true, false",
        "CONFLICT, true, false",
        "UNKNOWN, true, true",
        "REJECTED, false, false",
        "MISCONFIGURED, false, false",
        "TOO_LARGE, false, false",
        "CANCELLED, false, true",
    })
    void standsOnTwoAxes(Outcome outcome, boolean retryHelps, boolean mayBeApplied) {
        assertThat(outcome.retryHelps()).isEqualTo(retryHelps);
        assertThat(outcome.mayBeApplied()).isEqualTo(mayBeApplied);
        assertThat(Operation.APPEND.isAmbiguousAfter(outcome)).isEqualTo(mayBeApplied);
        assertThat(Operation.READ.isAmbiguousAfter(outcome)).isFalse();
    }
}
