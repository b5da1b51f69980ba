package ai.altertable.flink.quickstart;

import ai.altertable.local.AltertableLocal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** A lakehouse, Flink, and a SQL script that uses both: the first command of the README. */
public final class Quickstart {

    private static final String USAGE =
            "usage: ./quickstart [--port N] [--stay | --exit] [SCRIPT.sql]";
    private static final int DEFAULT_PORT = 15000;
    private static final int MAX_PORT = 65_535;
    private static final Logger LOG = Logger.getLogger(Quickstart.class.getName());

    private final PrintStream out;
    private int port = DEFAULT_PORT;
    private final boolean terminal;
    private boolean stay;
    private Optional<Path> script = Optional.empty();

    private Quickstart(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.stay = terminal;
    }

    public static void main(String[] args) throws IOException {
        logToFile();
        // The shell knows; what a Java calls a console depends on its version.
        boolean terminal = Boolean.getBoolean("quickstart.terminal");
        int exit = run(System.out, System.err, terminal, args);
        // Flink's client leaves threads behind that would keep the JVM.
        System.exit(exit);
    }

    /** What Flink and the lakehouse say is for a file: the terminal is for results. */
    private static void logToFile() throws IOException {
        String file = System.getProperty("quickstart.log");
        LogManager.getLogManager().reset();
        if (file != null) {
            FileHandler handler = new FileHandler(file);
            handler.setFormatter(new SimpleFormatter());
            Logger.getLogger("").addHandler(handler);
            Logger.getLogger("").setLevel(Level.INFO);
        }
    }

    /** Runs and answers the exit code: 1 where something failed, 2 for wrong arguments. */
    static int run(PrintStream out, PrintStream err, boolean terminal, String... args) {
        Quickstart quickstart = new Quickstart(out, terminal);
        try {
            quickstart.read(args);
        } catch (IllegalArgumentException e) {
            err.println("quickstart: " + e.getMessage());
            err.println(USAGE);
            return 2;
        }
        try {
            quickstart.run();
            return 0;
        } catch (Exception e) {
            err.println("quickstart: " + Reasons.of(e));
            LOG.log(Level.SEVERE, "The quickstart failed", e);
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
                    port = i < args.length ? port(args[i]) : -1;
                    if (port < 0 || port > MAX_PORT) {
                        throw new IllegalArgumentException("--port takes a number up to 65535");
                    }
                }
                default -> {
                    if (args[i].startsWith("-")) {
                        throw new IllegalArgumentException("there is no flag " + args[i]);
                    }
                    if (script.isPresent()) {
                        throw new IllegalArgumentException("one script at a time");
                    }
                    script = Optional.of(Path.of(args[i]));
                }
            }
        }
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    }

    private void run() throws Exception {
        String sql = script();
        try (AltertableLocal lakehouse = lakehouse();
                LocalFlink flink = LocalFlink.start()) {
            out.printf(
                    "The lakehouse:  %s   (its page shows it live; user %s, password %s)%n",
                    lakehouse.url(), lakehouse.username(), lakehouse.password());
            out.println("Flink:          " + flink.page());
            out.println();
            // Scripts name the usual address; here it may be another one.
            String here =
                    sql.replace("http://127.0.0.1:" + DEFAULT_PORT, lakehouse.url().toString());
            new ScriptRun(flink, out, terminal).run(FlinkScript.parse(here));
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
        out.println("Next: your own script, ./quickstart my.sql");
        out.println("      The same against your account: change 'url', 'username', 'password',");
        out.println("      'catalog'. The lakehouse by itself, with all its flags:");
        out.println(
                "      java -jar e2e-tests/altertable-local/target/altertable-local.jar --help");
        if (!stay) {
            return;
        }
        out.println("Lakehouse and Flink go on until Ctrl-C. Another terminal can ask, too:");
        out.println(
                "      curl -u "
                        + lakehouse.username()
                        + ":"
                        + lakehouse.password()
                        + " "
                        + lakehouse.url()
                        + "/query -H 'Content-Type: application/json' -d '{\"statement\": \"SELECT"
                        + " table_name, estimated_size FROM duckdb_tables()\"}'");
        out.flush();
        new CountDownLatch(1).await();
    }
}
