package ai.altertable.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §3: answers and what they mean; and §1: who may ask. */
abstract class StatusSuite extends ContractPart {

    @Nested
    @DisplayName("§3 requests that can never work")
    class NeverWorks {

        @ParameterizedTest
        @ValueSource(strings = {"/nope", "/query/x/y/z", "/uploads", "/v9/query", "/Query"})
        void anUnknownPathIs404(String path) {
            client().postJson(path, "{\"statement\":\"SELECT 1\"}").mustBe(404);
        }

        @ParameterizedTest
        @CsvSource({
            "GET, /query",
            "PUT, /query",
            "GET, /upload",
            "DELETE, /upload",
            "GET, /append",
            "GET, /validate",
            "PUT, /validate"
        })
        void aWrongMethodIs405(String method, String path) {
            HttpRequest request =
                    client().request(path).method(method, BodyPublishers.noBody()).build();

            client().send(request).mustBe(405);
        }
    }

    @Nested
    @DisplayName("§3 400: bad data or a bad statement")
    class BadRequests {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "{\"statement\":\"SELECT 1\"",
                    "nonsense",
                    "[]",
                    "\"SELECT 1\"",
                    "null",
                    "{}",
                    "{\"sql\":\"SELECT 1\"}",
                    "{\"statement\":null}",
                    "{\"statement\":5}",
                    "{\"statement\":[\"SELECT 1\"]}"
                })
        void aBodyThatIsNoQueryIs400(String body) {
            client().postJson("/query", body).mustBe(400).mustBeRefused();
        }

        @ParameterizedTest
        @ValueSource(strings = {"catalog", "schema", "table", "mode"})
        void anUploadWithoutAParameterIs400(String missing) {
            Table table = table("id INTEGER");
            String[] parameters =
                    Stream.of("catalog", "schema", "table", "format", "mode")
                            .filter(name -> !name.equals(missing))
                            .flatMap(name -> Stream.of(name, value(name, table)))
                            .toArray(String[]::new);

            Answer answer =
                    client().send(
                                    client().request("/upload", parameters)
                                            .header("Content-Type", "application/octet-stream")
                                            .POST(BodyPublishers.ofString("{\"id\":1}\n"))
                                            .build());

            answer.mustBe(400).mustBeRefused();
            assertThat(count(table)).isZero();
        }

        private String value(String parameter, Table table) {
            return switch (parameter) {
                case "catalog" -> table.catalog();
                case "schema" -> table.schema();
                case "table" -> table.name();
                case "format" -> "json";
                default -> "append";
            };
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "replace", "APPEND; DROP", "appendix"})
        void anUploadInAnUnknownModeIs400(String mode) {
            Table table = table("id INTEGER");

            client().upload(mode, table, Payload.jsonl("{\"id\":1}")).mustBe(400).mustBeRefused();

            assertThat(count(table)).isZero();
        }

        @Test
        void anUploadIntoATableWithoutANameIs400() {
            client().upload("create", unused().named(""), Payload.jsonl("{\"id\":1}"))
                    .mustBe(400)
                    .mustBeRefused();
        }

        @Test
        void badDataIs400() {
            Table table = table("id INTEGER");

            client().upload("append", table, Payload.jsonl("{\"id\":\"x\"}")).mustBe(400);
            client().upload("append", unused(), Payload.jsonl("{\"id\":1}")).mustBeRefused();
        }

        @Test
        void anUpsertWithoutAKeyIs400() {
            Table table = table("id INTEGER");
            Payload file = Payload.jsonl("{\"id\":1}");
            HttpRequest.Builder request =
                    target().speaks(Generation.TODAY)
                            ? client().file("/upsert", table, file)
                            : client().file(
                                            "/upload", table, file, "format", "json", "mode",
                                            "upsert");

            client().send(request.build()).mustBe(400).mustBeRefused();
            client().upsert("", table, file).mustBe(400).mustBeRefused();

            assertThat(count(table)).isZero();
        }
    }

    @Nested
    @DisplayName("§3 every answer can be found again by its x-request-id")
    class RequestIds {

        @Test
        void successesAndFailuresHaveOneEach() {
            Table table = table("id INTEGER");
            List<String> ids =
                    List.of(
                            client().query("SELECT 1 AS a").answer().header("x-request-id"),
                            client().query("SELEC 1").answer().header("x-request-id"),
                            client().upload("append", table, Payload.jsonl("{\"id\":1}"))
                                    .header("x-request-id"),
                            client().upload("append", table, Payload.jsonl("{\"id\":\"x\"}"))
                                    .header("x-request-id"),
                            client().get("/nope").header("x-request-id"),
                            client().send(client().anonymous("/query").GET().build())
                                    .header("x-request-id"));

            assertThat(ids).noneMatch(String::isBlank).doesNotHaveDuplicates();
        }
    }

    @Nested
    @DisplayName("§1, §3 authorization: 401 says how, and nothing happens")
    class Authorization {

        static Stream<Arguments> doors() {
            String id = UUID.randomUUID().toString();
            return Stream.of(
                    Arguments.of("POST", "/query"),
                    Arguments.of("POST", "/upload"),
                    Arguments.of("POST", "/append"),
                    Arguments.of("POST", "/validate"),
                    Arguments.of("GET", "/query/" + id),
                    Arguments.of("DELETE", "/query/" + id),
                    Arguments.of("GET", "/tasks/" + id));
        }

        @ParameterizedTest
        @MethodSource("doors")
        void withoutCredentialsIs401(String method, String path) {
            HttpRequest request =
                    client().anonymous(path)
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    BodyPublishers.ofString("{\"statement\":\"SELECT 42\"}"))
                            .build();

            Answer answer = client().send(request).mustBe(401);

            assertThat(answer.header("WWW-Authenticate")).isNotBlank();
            assertThat(answer.body()).doesNotContain("42");
        }

        @Test
        void theWrongPasswordOrUserIs401() {
            assertUnauthorized(token(target().username(), "not" + target().password()));
            assertUnauthorized(token(target().username(), target().password() + "x"));
            assertUnauthorized(token(target().username(), ""));
            assertUnauthorized(token("not" + target().username(), target().password()));
            assertUnauthorized(token(target().username().toUpperCase(), target().password()));
            assertUnauthorized(token("", ""));
        }

        private String token(String username, String password) {
            String scheme = target().speaks(Generation.TODAY) ? "Basic " : "Bearer ";
            return scheme + ContractTarget.token(username, password);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Basic",
                    "Bearer",
                    "Basic ",
                    "Basic !!!not-base64!!!",
                    "Bearer !!!not-base64!!!",
                    "Basic bm9jb2xvbg==",
                    "Basic Og==",
                    "Digest username=\"alice\"",
                    "garbage",
                    ":",
                    "Basic AAAA/////w=="
                })
        void aGarbageHeaderIs401(String header) {
            assertUnauthorized(header);
        }

        @Test
        void theRawPasswordIsNoToken() {
            assertUnauthorized("Basic " + target().username() + ":" + target().password());
            assertUnauthorized("Bearer " + target().password());
        }

        @Test
        void anUnauthorizedUploadStoresNothing() {
            Table table = table("id INTEGER");
            Payload file = Payload.jsonl("{\"id\":1}");
            String[] names = WireClient.names(table);
            HttpRequest request =
                    client().anonymous(
                                    "/upload", names[0], names[1], names[2], names[3], names[4],
                                    names[5], "format", "json", "mode", "append")
                            .header("Authorization", token(target().username(), "wrong"))
                            .POST(BodyPublishers.ofByteArray(file.bytes()))
                            .build();

            client().send(request).mustBe(401);

            assertThat(count(table)).isZero();
        }

        private void assertUnauthorized(String header) {
            HttpRequest request =
                    client().anonymous("/query")
                            .header("Authorization", header)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"statement\":\"SELECT 42 AS x\"}"))
                            .build();

            Answer answer = client().send(request);

            assertThat(answer.status()).as("status for %s", header).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isNotBlank();
            assertThat(answer.body()).doesNotContain("42").doesNotContain(target().password());
        }
    }
}
