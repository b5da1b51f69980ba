package ai.altertable.flink.quickstart;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.lake.SqlScript;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A lakehouse, orders in it, and a SQL script on them: the first command of the README. */
public final class Quickstart {

    private static final String USAGE =
            "usage: ./quickstart [--port N] [--stay | --exit] [SCRIPT.sql]";
    private static final int DEFAULT_PORT = 15000;

    private final PrintStream out;
    private int port = DEFAULT_PORT;
    private boolean stay;
    private Optional<Path> script = Optional.empty();

    private Quickstart(PrintStream out, boolean terminal) {
        this.out = out;
        this.stay = terminal;
    }

    public static void main(String[] args) throws InterruptedException {
        Logger.getLogger("").setLevel(Level.WARNING);
        int exit = run(System.out, System.console() != null, args);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** Runs and answers the exit code: 1 where something failed, 2 for wrong arguments. */
    static int run(PrintStream out, boolean terminal, String... args) throws InterruptedException {
        Quickstart quickstart = new Quickstart(out, terminal);
        try {
            quickstart.read(args);
        } catch (IllegalArgumentException e) {
            out.println("quickstart: " + e.getMessage());
            out.println(USAGE);
            return 2;
        }
        try {
            quickstart.run();
            return 0;
        } catch (IOException | RuntimeException e) {
            out.println("quickstart: " + e.getMessage());
            return 1;
        }
    }

    private void read(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--stay" -> stay = true;
                case "--exit" -> stay = false;
                case "--port" -> {
                    i++;
                    if (i == args.length || !args[i].matches("\\d{1,5}")) {
                        throw new IllegalArgumentException("--port takes a number");
                    }
                    port = Integer.parseInt(args[i]);
                }
                default -> {
                    if (args[i].startsWith("-")) {
                        throw new IllegalArgumentException("there is no flag " + args[i]);
                    }
                    script = Optional.of(Path.of(args[i]));
                }
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        String sql = script();
        try (AltertableLocal lakehouse = lakehouse()) {
            out.println(
                    "A lakehouse serves " + lakehouse.url() + " (the page there shows it live)");
            Api api = new Api(lakehouse.url(), lakehouse.username(), lakehouse.password());
            out.println("Loading orders by POST /upload ...");
            Orders.load(api, out);
            out.println();
            for (SqlScript.Statement statement : SqlScript.parse(sql)) {
                out.println(statement.text().strip().indent(2).stripTrailing());
                out.println();
                List<JsonNode> result = api.query(statement.text());
                out.println(TextTable.of(result));
            }
            nextStep(lakehouse);
        }
    }

    private String script() throws IOException {
        if (script.isPresent()) {
            if (!Files.isRegularFile(script.get())) {
                throw new IOException("there is no file " + script.get());
            }
            return Files.readString(script.get());
        }
        try (InputStream in = Quickstart.class.getResourceAsStream("orders.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private AltertableLocal lakehouse() throws IOException {
        try {
            return AltertableLocal.builder().port(port).start();
        } catch (RuntimeException e) {
            throw new IOException(
                    "the lakehouse did not start on port "
                            + port
                            + "; if something else runs there, --port names another",
                    e);
        }
    }

    private void nextStep(AltertableLocal lakehouse) throws InterruptedException {
        out.println("Next: your own script on the same orders, ./quickstart my.sql");
        out.println("      the lakehouse by itself, with all its flags:");
        out.println(
                "      java -jar e2e-tests/altertable-local/target/altertable-local.jar --help");
        if (!stay) {
            return;
        }
        out.println("The lakehouse goes on until Ctrl-C. Another terminal can ask it, too:");
        out.println(
                "      curl -u "
                        + lakehouse.username()
                        + ":"
                        + lakehouse.password()
                        + " "
                        + lakehouse.url()
                        + "/query -H 'Content-Type: application/json'"
                        + " -d '{\"statement\": \"SELECT count(*) FROM lake.main.orders\"}'");
        out.flush();
        new CountDownLatch(1).await();
    }
}
