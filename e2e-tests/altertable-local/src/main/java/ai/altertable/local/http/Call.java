package ai.altertable.local.http;

import ai.altertable.local.Fault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** One request and its answer. */
final class Call {

    static final ObjectMapper JSON = new ObjectMapper();

    static final String REQUEST_ID = "x-request-id";

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Map<String, String> parameters;
    private Body body = Body.EMPTY;
    private Optional<Fault> fault = Optional.empty();
    private Runnable onAnswer = () -> {};
    private int status;

    Call(Request request, Response response, Callback callback) throws ApiException {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.parameters = decode(request);
        String given = request.getHeaders().get(REQUEST_ID);
        boolean usable = given != null && given.matches("[A-Za-z0-9_.:-]{1,128}");
        response.getHeaders().put(REQUEST_ID, usable ? given : UUID.randomUUID().toString());
    }

    private static Map<String, String> decode(Request request) throws ApiException {
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                parameters.putIfAbsent(field.getName(), field.getValue());
            }
        } catch (RuntimeException e) {
            throw new ApiException(400, "The query parameters are not percent-encoded UTF-8");
        }
        return parameters;
    }

    Request request() {
        return request;
    }

    String method() {
        return request.getMethod();
    }

    String path() {
        return Request.getPathInContext(request);
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    String requiredParameter(String name) throws ApiException {
        return parameter(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new ApiException(400, "Missing query parameter: " + name));
    }

    String header(String name) {
        return request.getHeaders().get(name);
    }

    /** All headers but the credentials. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() != HttpHeader.AUTHORIZATION) {
                headers.put(field.getLowerCaseName(), field.getValue());
            }
        }
        return headers;
    }

    Body body() {
        return body;
    }

    void setBody(Body newBody) {
        body = newBody;
    }

    Optional<Fault> fault() {
        return fault;
    }

    void setFault(Optional<Fault> newFault) {
        fault = newFault;
    }

    /**
     * Runs {@code action} once, when the answer is known and before its end is sent: what it does
     * has happened when the client has its answer.
     */
    void onAnswer(Runnable action) {
        onAnswer = action;
    }

    /** The answer is known; for those ways out that send none. */
    void answerIsKnown() {
        Runnable action = onAnswer;
        onAnswer = () -> {};
        action.run();
    }

    /** The body as a JSON object. */
    JsonNode json() throws ApiException {
        try {
            JsonNode node = JSON.readTree(body.bytes());
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw new ApiException(400, "The body is not JSON: " + reasonOf(e));
        }
        throw new ApiException(400, "The body is not a JSON object");
    }

    private static String reasonOf(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : "unreadable";
    }

    /** The text in a field of a JSON body; empty where it is missing or null. */
    static Optional<String> text(JsonNode object, String field) throws ApiException {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new ApiException(400, "Field '" + field + "' must be a text");
        }
        return Optional.of(value.textValue());
    }

    static String statement(JsonNode object) throws ApiException {
        return text(object, "statement")
                .filter(sql -> !sql.isBlank())
                .orElseThrow(() -> new ApiException(400, "Missing field: statement"));
    }

    /** What was answered, or 0 where nothing was. */
    int status() {
        return status;
    }

    void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    void replyText(int code, String text) {
        reply(code, "text/plain;charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void replyJson(Object value) {
        replyJson(200, value);
    }

    void replyJson(int code, Object value) {
        try {
            reply(code, "application/json", JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    void reply(int code, String contentType, byte[] content) {
        if (breaksAfter()) {
            breakConnection();
            return;
        }
        status = code;
        answerIsKnown();
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
        response.write(true, ByteBuffer.wrap(content), callback);
    }

    /** Starts an answer whose end is not known yet; {@link #endStream} ends it. */
    OutputStream startStream(String contentType) {
        if (breaksAfter()) {
            return OutputStream.nullOutputStream();
        }
        status = 200;
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        return Content.Sink.asOutputStream(response);
    }

    void endStream(OutputStream out) throws IOException {
        if (breaksAfter()) {
            breakConnection();
            return;
        }
        answerIsKnown();
        out.close();
        callback.succeeded();
    }

    private boolean breaksAfter() {
        return fault.map(Fault::action).orElse(null) instanceof Fault.Action.BreakAfter;
    }

    /** Answers 500 where nothing was answered yet; else the answer cannot be saved. */
    void failInternally(Throwable reason) {
        if (status == 0) {
            replyText(500, "Internal error");
        } else {
            callback.failed(reason);
        }
    }

    /** Gives up an answer that cannot be ended: its reader has gone. */
    void abandon(Throwable reason) {
        callback.failed(reason);
    }

    /** Ends the connection without a further word. */
    void breakConnection() {
        status = 0;
        answerIsKnown();
        IOException broken = new EofException("the connection is broken on purpose");
        request.getConnectionMetaData().getConnection().getEndPoint().close(broken);
        callback.failed(broken);
    }
}
