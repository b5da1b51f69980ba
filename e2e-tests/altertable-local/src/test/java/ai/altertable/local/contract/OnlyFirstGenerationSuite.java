package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CONTRACT §1: what a server of the first generation does not have. */
abstract class OnlyFirstGenerationSuite extends ContractPart {

    @Test
    @DisplayName("§1 a 404 or 405 on /upsert tells the generation, and nothing is stored")
    void upsertIsNotThere() {
        Table table = table("id INTEGER");

        Answer answer = client().upsertToday("id", table, Payload.jsonl("{\"id\":1}"));

        assertThat(answer.status()).isIn(404, 405);
        assertThat(count(table)).isZero();
    }

    @Test
    @DisplayName("§2 explain is of today only: 404")
    void explainIsNotThere() {
        client().postJson("/explain", "{\"statement\":\"SELECT 1\"}").mustBe(404);
    }

    @Test
    @DisplayName("§1 a failing query answers 400 with text")
    void aFailingQueryIs400() {
        Table missing = unused();

        Answer answer = client().query("SELECT * FROM " + missing.sql()).answer();

        answer.mustBe(400);
        assertThat(answer.body()).contains(missing.name());
    }
}
