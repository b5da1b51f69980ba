package ai.altertable.flink.client;

import ai.altertable.flink.Connection;
import ai.altertable.flink.TableId;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The requests of the API, as they go over the wire. */
final class Requests {

    private static final MediaType JSON = MediaType.get("application/json");

    /** With it, the first generation reads {@code format=}, and today's looks at the bytes. */
    private static final MediaType FILE = MediaType.get("application/octet-stream");

    private final Connection connection;
    private final HttpUrl base;

    Requests(Connection connection) {
        this.connection = connection;
        this.base = HttpUrl.get(connection.url());
    }

    /** The same for both generations: one reads {@code format}, the other looks at the bytes. */
    Request upload(Upload upload) {
        HttpUrl.Builder url = table("upload", upload.table());
        url.addQueryParameter("format", upload.format());
        url.addQueryParameter("mode", upload.mode().parameter());
        return post(url, new PayloadBody(FILE, upload.payload()));
    }

    /** An upsert as today's API takes it. */
    Request upsert(Upsert upsert) {
        return post(keyed("upsert", upsert), new PayloadBody(FILE, upsert.payload()));
    }

    /** An upsert as the first generation of the API takes it. */
    Request upsertByUpload(Upsert upsert) {
        HttpUrl.Builder url = keyed("upload", upsert);
        url.addQueryParameter("format", upsert.format());
        url.addQueryParameter("mode", "upsert");
        return post(url, new PayloadBody(FILE, upsert.payload()));
    }

    private HttpUrl.Builder keyed(String endpoint, Upsert upsert) {
        HttpUrl.Builder url = table(endpoint, upsert.table());
        url.addQueryParameter("primary_key", String.join(",", upsert.primaryKey()));
        upsert.cursorField().ifPresent(name -> url.addQueryParameter("cursor_field", name));
        return url;
    }

    private HttpUrl.Builder table(String endpoint, TableId table) {
        return base.newBuilder()
                .addPathSegment(endpoint)
                .addQueryParameter("catalog", table.catalog())
                .addQueryParameter("schema", table.schema())
                .addQueryParameter("table", table.table());
    }

    /** Names no catalog and no schema: statements name tables fully. */
    Request query(Query query, UUID queryId, UUID sessionId) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("statement", query.statement());
        fields.put("query_id", queryId.toString());
        fields.put("session_id", sessionId.toString());
        if (!connection.computeSize().isEmpty()) {
            fields.put("compute_size", connection.computeSize());
        }
        return post(base.newBuilder().addPathSegment("query"), json(fields));
    }

    Request cancel(UUID queryId, UUID sessionId) {
        HttpUrl.Builder url =
                base.newBuilder()
                        .addPathSegment("query")
                        .addPathSegment(queryId.toString())
                        .addQueryParameter("session_id", sessionId.toString());
        return request(url).delete().build();
    }

    Request validate(String statement) {
        return post(
                base.newBuilder().addPathSegment("validate"), json(Map.of("statement", statement)));
    }

    Request explain(String statement) {
        return post(
                base.newBuilder().addPathSegment("explain"), json(Map.of("statement", statement)));
    }

    private Request post(HttpUrl.Builder url, RequestBody body) {
        return request(url).post(body).build();
    }

    private Request.Builder request(HttpUrl.Builder url) {
        return new Request.Builder()
                .url(url.build())
                .header("Authorization", connection.credentials().authorizationHeader())
                .header("User-Agent", UserAgent.TEXT)
                // Said, OkHttp does not ask for gzip: an end inside an end is harder to prove.
                .header("Accept-Encoding", "identity");
    }

    private static RequestBody json(Map<String, String> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JsonTree.FACTORY.createGenerator((OutputStream) bytes)) {
            generator.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                generator.writeStringField(field.getKey(), field.getValue());
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PayloadBody(JSON, new Document(bytes.toByteArray()));
    }

    private record Document(byte[] bytes) implements Payload {
        @Override
        public long sizeInBytes() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }
}
