package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CONTRACT §1 where a server speaks both: the more specific word about the format wins. */
abstract class BothGenerationsSuite extends ContractPart {

    private static final String LOOKS_LIKE_JSON = "[a],b\n1,x\n";

    private Answer upload(Table table, String contentType, String format) {
        return client().send(
                        client().file(
                                        "/upload",
                                        table,
                                        Payload.json(LOOKS_LIKE_JSON),
                                        "format",
                                        format,
                                        "mode",
                                        "append")
                                .header("Content-Type", contentType)
                                .build());
    }

    @Test
    @DisplayName("§1 a specific Content-Type wins over format=")
    void theContentTypeWinsOverTheFormat() {
        Table table = table("\"[a]\" INTEGER, b VARCHAR");

        upload(table, "text/csv", "json").mustBeAccepted();
        upload(table, "application/json", "csv").mustBeRefused();

        assertThat(rows("SELECT * FROM " + table.sql())).containsExactly("[1,\"x\"]");
    }

    @Test
    @DisplayName("§1 format= wins over sniffing")
    void theFormatWinsOverTheBytes() {
        Table table = table("\"[a]\" INTEGER, b VARCHAR");

        upload(table, "application/octet-stream", "csv").mustBeAccepted();
        upload(table, "application/octet-stream", "json").mustBeRefused();

        assertThat(rows("SELECT * FROM " + table.sql())).containsExactly("[1,\"x\"]");
    }

    @Test
    @DisplayName("§1 both ways to upsert do the same")
    void bothUpsertsWork() {
        Table table = table("id INTEGER, v VARCHAR");

        client().upsertFirst("id", table, Payload.jsonl("{\"id\":1,\"v\":\"first\"}"))
                .mustBeAccepted();
        client().upsertToday("id", table, Payload.jsonl("{\"id\":1,\"v\":\"today\"}"))
                .mustBeAccepted();

        assertThat(rows("SELECT id, v FROM " + table.sql())).containsExactly("[1,\"today\"]");
    }
}
