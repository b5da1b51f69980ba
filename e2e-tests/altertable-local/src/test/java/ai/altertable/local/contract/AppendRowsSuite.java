package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** CONTRACT §2, {@code /append}: row by row, creates and evolves the table; tasks tell when. */
abstract class AppendRowsSuite extends ContractPart {

    private JsonNode appendSync(Table table, String json) {
        return client().append(table, json, "sync", "true").mustBe(200).json();
    }

    @Nested
    @DisplayName("§2 sync=true: the rows are there with the answer")
    class Sync {

        @Test
        void oneObjectCreatesTheTable() {
            Table table = unused();

            JsonNode answer = appendSync(table, "{\"id\":1,\"name\":\"a\"}");

            assertThat(answer.path("ok").asBoolean(false)).as("%s", answer).isTrue();
            assertThat(answer.path("error_code").isValueNode()).isEqualTo(answer.has("error_code"));
            assertThat(answer.hasNonNull("error_code")).isFalse();
            assertThat(rows("SELECT id, name FROM " + table.sql())).containsExactly("[1,\"a\"]");
        }

        @Test
        void anArrayIsManyRows() {
            Table table = unused();

            appendSync(table, "[{\"id\":1},{\"id\":2},{\"id\":3}]");

            assertThat(rows("SELECT id FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1]", "[2]", "[3]");
        }

        @Test
        void anUnknownKeyBecomesAColumn() {
            Table table = table("id INTEGER");
            appendSync(table, "{\"id\":1}");

            assertThat(appendSync(table, "{\"id\":2,\"more\":\"x\"}").path("ok").asBoolean(false))
                    .isTrue();

            assertThat(rows("SELECT id, more FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1,null]", "[2,\"x\"]");
        }

        @Test
        void dataThatDoesNotFitIsNotOkAndChangesNothing() {
            Table table = table("id INTEGER");
            appendSync(table, "{\"id\":1}");

            JsonNode answer = appendSync(table, "{\"id\":\"not a number\"}");

            assertThat(answer.path("ok").asBoolean(true)).as("%s", answer).isFalse();
            assertThat(answer.path("error_code").asText()).isNotBlank();
            assertThat(rows("SELECT id FROM " + table.sql())).containsExactly("[1]");
        }
    }

    @Nested
    @DisplayName("§2 without sync: GET /tasks/{task_id} goes from pending to completed")
    class Tasks {

        @Test
        void theRowsAreThereWhenTheTaskIsCompleted() {
            Table table = unused();

            JsonNode answer = client().append(table, "[{\"id\":1},{\"id\":2}]").mustBe(200).json();
            assertThat(answer.path("ok").asBoolean(false)).as("%s", answer).isTrue();
            String task = answer.path("task_id").asText();
            assertThat(task).isNotBlank();

            Eventually.await(
                    "the task completed",
                    () -> {
                        JsonNode status = client().get("/tasks/" + task).mustBe(200).json();
                        assertThat(status.path("status").asText()).isIn("pending", "completed");
                        return status;
                    },
                    status -> status.path("status").asText().equals("completed"));

            assertThat(rows("SELECT id FROM " + table.sql() + " ORDER BY id"))
                    .containsExactly("[1]", "[2]");
        }

        @Test
        void anUnknownTaskIsRefused() {
            assertThat(client().get("/tasks/" + UUID.randomUUID()).status()).isIn(400, 404);
            assertThat(client().get("/tasks/not-a-task").status()).isIn(400, 404);
        }
    }

    @Nested
    @DisplayName("§3 what is no append at all")
    class Refusals {

        @Test
        void brokenJsonIsNotOk() {
            Table table = unused();

            Answer answer = client().append(table, "{\"id\":", "sync", "true");

            assertNotOk(answer);
            assertThat(exists(table)).isFalse();
        }

        @Test
        void aRowThatIsNoObjectIsNotOk() {
            assertNotOk(client().append(unused(), "42", "sync", "true"));
            assertNotOk(client().append(unused(), "[1,2]", "sync", "true"));
        }

        @Test
        void aMissingCatalogIsNotOk() {
            Table nowhere = unused().inCatalog(Table.uniqueName("c"));

            assertNotOk(client().append(nowhere, "{\"id\":1}", "sync", "true"));
        }

        @Test
        void missingParametersAreRefused() {
            client().postJson("/append", "{\"id\":1}").mustBeRefused();
            client().postJson("/append", "{\"id\":1}", "catalog", target().catalog())
                    .mustBeRefused();
        }

        private void assertNotOk(Answer answer) {
            assertThat(answer.status()).isLessThan(500);
            assertThat(answer.accepted() && answer.json().path("ok").asBoolean(true))
                    .as("accepted: %s", answer.body())
                    .isFalse();
        }
    }
}
