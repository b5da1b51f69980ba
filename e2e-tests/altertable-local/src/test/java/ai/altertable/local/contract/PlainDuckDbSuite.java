package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CONTRACT §5: a plain DuckDB has no snapshots; probing for them fails, and at once. */
@Timeout(10)
abstract class PlainDuckDbSuite extends ContractPart {

    private String catalog() {
        return Table.quote(target().catalog());
    }

    @Test
    @DisplayName("§5 there is no current_snapshot()")
    void currentSnapshotFails() {
        assertThat(client().query("FROM " + catalog() + ".current_snapshot()").mustFail())
                .contains("current_snapshot");
    }

    @Test
    @DisplayName("§5 there is no snapshots()")
    void snapshotsFails() {
        client().query("FROM " + catalog() + ".snapshots()").mustFail();
    }

    @Test
    @DisplayName("§5 there is no table_changes()")
    void tableChangesFails() {
        Table table = table("id INTEGER");

        client().query(
                        "FROM "
                                + catalog()
                                + ".table_changes("
                                + Table.literal(table.name())
                                + ", 0, 1)")
                .mustFail();
    }

    @Test
    @DisplayName("§5 there is no AT (VERSION => n)")
    void atVersionFails() {
        Table table = table("id INTEGER");

        client().query("SELECT * FROM " + table.sql() + " AT (VERSION => 1)").mustFail();
    }

    @Test
    void theServerIsFineAfterAProbe() {
        client().query("FROM " + catalog() + ".current_snapshot()").mustFail();
        Table table = table("id INTEGER");
        append(table, Payload.jsonl("{\"id\":1}"));

        assertThat(count(table)).isEqualTo(1);
    }
}
