package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.append;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.altertable.flink.Connection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that is logged, thrown or printed is searched for what must not be in it. */
class SecretsTest {

    private static final String PASSWORD = "open-sesame";
    private static final String TOKEN = "YWxpY2U6b3Blbi1zZXNhbWU=";
    private static final String ROW = "row-content-4711";
    private static final String VALUE = "value-in-a-statement-4712";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Logger okHttp = Logger.getLogger("okhttp3");
    private final Level before = root.getLevel();

    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord log) {
                    told.add(log.getLoggerName() + " " + log.getMessage());
                    if (log.getParameters() != null) {
                        for (Object parameter : log.getParameters()) {
                            told.add(String.valueOf(parameter));
                        }
                    }
                    if (log.getThrown() != null) {
                        tell(log.getThrown());
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private void tell(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        told.add(text.toString());
    }

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        for (Handler other : root.getHandlers()) {
            if (other != handler) {
                other.setLevel(Level.OFF);
            }
        }
        okHttp.setLevel(Level.ALL);
    }

    @AfterEach
    void stopListening() {
        root.removeHandler(handler);
        root.setLevel(before);
        for (Handler other : root.getHandlers()) {
            other.setLevel(Level.INFO);
        }
        okHttp.setLevel(null);
    }

    @Test
    void areInNoLogNoExceptionAndNoText() throws Exception {
        String echo = "Authorization: Basic " + TOKEN + " of " + PASSWORD + " is not welcome";
        try (ScriptedServer server =
                ScriptedServer.playing(
                        c -> {
                            c.request();
                            c.answer(503, "x-request-id: " + TOKEN + "\r\n", echo);
                        },
                        c -> {
                            c.request();
                            c.reset();
                        },
                        c -> {
                            while (true) {
                                String head = c.head();
                                assertThat(head).contains("Authorization: Basic " + TOKEN);
                                c.body(head);
                                c.answer(
                                        400,
                                        "",
                                        "{\"message\": \""
                                                + echo
                                                + "\\n\\nLINE 1: SELECT '"
                                                + VALUE
                                                + "'\"}");
                            }
                        })) {
            Connection connection = to(server);
            told.add(connection.toString());
            told.add(connection.credentials().toString());
            Counts counts = new Counts();
            try (AltertableClient client = open(connection, TestClients.QUICK, counts)) {
                told.add(client.toString());
                Upload upload = append(Bytes.of("{\"id\": \"" + ROW + "\"}\n"));
                Query query = Query.changing("a test", "SELECT '" + VALUE + "'");
                told.add(upload.toString());
                told.add(query.toString());
                tell(catchThrowable(() -> get(client.upload(upload))));
                tell(catchThrowable(() -> get(client.query(query))));
                tell(catchThrowable(() -> get(client.validate("a test", query.statement()))));
                assertThat(counts.retries).contains(Outcome.NOT_NOW, Outcome.UNKNOWN);
            }
        }
        assertThat(told).as("what was logged").anyMatch(text -> text.contains("is sent again"));
        assertThat(told).as("what was thrown").anyMatch(text -> text.contains("HTTP 400"));
        assertThat(told)
                .noneMatch(text -> text.contains(PASSWORD))
                .noneMatch(text -> text.contains(TOKEN))
                .noneMatch(text -> text.contains(ROW))
                .noneMatch(text -> text.contains(VALUE));
    }
}
