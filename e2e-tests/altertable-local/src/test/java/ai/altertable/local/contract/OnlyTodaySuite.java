package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CONTRACT §1: what a server of today does not do any more. */
abstract class OnlyTodaySuite extends ContractPart {

    @Test
    @DisplayName("§1 /upload?mode=upsert answers 400")
    void uploadDoesNotUpsert() {
        Table table = table("id INTEGER");

        client().upsertFirst("id", table, Payload.jsonl("{\"id\":1}")).mustBe(400).mustBeRefused();

        assertThat(count(table)).isZero();
    }

    @Test
    @DisplayName("§1 format is ignored")
    void theFormatParameterIsIgnored() {
        Table table = table("id INTEGER");
        Payload json = Payload.jsonl("{\"id\":1}");
        Payload parquet = Payload.parquet("SELECT 2::INTEGER AS id");

        append(table, new Payload("parquet", json.bytes()));
        append(table, new Payload("csv", json.bytes()));
        append(table, new Payload("json", parquet.bytes()));
        append(table, new Payload("nonsense", parquet.bytes()));

        assertThat(rows("SELECT id FROM " + table.sql() + " ORDER BY id"))
                .containsExactly("[1]", "[1]", "[2]", "[2]");
    }
}
