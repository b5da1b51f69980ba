package ai.altertable.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;

/** Serves a lakehouse until it is told to stop. */
public final class Main {

    private static final int EXIT_USAGE = 2;
    private static final int EXIT_FAILURE = 1;

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        // Arrow would check each access to a value, which is a sixth of what a result costs. Where
        // a lakehouse is embedded, as in tests, it does.
        System.setProperty("arrow.enable_unsafe_memory_access", "true");
        System.setProperty("arrow.enable_null_check_for_get", "false");
        quietLogs();
        List<String> words = List.of(args);
        if (words.contains("--help") || words.contains("-h")) {
            System.out.print(CommandLine.USAGE);
            return;
        }
        if (words.contains("--version")) {
            System.out.println("altertable-local " + version());
            return;
        }
        Settings settings;
        try {
            settings = CommandLine.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("altertable-local: " + e.getMessage() + " (--help lists all flags)");
            System.exit(EXIT_USAGE);
            return;
        }
        serve(settings);
    }

    private static void serve(Settings settings) throws InterruptedException {
        AltertableLocal lakehouse;
        try {
            lakehouse = AltertableLocal.start(settings);
        } catch (IOException | SQLException | RuntimeException e) {
            System.err.println("altertable-local: " + reason(settings, e));
            System.exit(EXIT_FAILURE);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    lakehouse.close();
                                    stopped.countDown();
                                },
                                "shutdown"));
        greet(System.out, settings, lakehouse);
        stopped.await();
    }

    private static String reason(Settings settings, Exception failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof BindException) {
                return "port "
                        + settings.listen().port()
                        + " on "
                        + settings.listen().host()
                        + " is taken or not ours; --port names another one";
            }
        }
        return failure.getMessage() != null ? failure.getMessage() : failure.toString();
    }

    private static void greet(PrintStream out, Settings settings, AltertableLocal lakehouse) {
        Settings.Store store = settings.store();
        out.println("altertable-local " + version() + " serves " + lakehouse.url());
        out.println(
                "  catalogs "
                        + String.join(", ", store.catalogs())
                        + " on "
                        + store.storage().flag()
                        + ", "
                        + store.data().map(dir -> "kept in " + dir).orElse("in memory")
                        + "; API generation "
                        + settings.api().flag());
        out.println("  look at it: " + lakehouse.url() + "/");
        out.println("  try it:");
        out.println(
                "    curl "
                        + (settings.listen().tls().isPresent() ? "-k " : "")
                        + authorization(settings, lakehouse.username())
                        + " "
                        + lakehouse.url()
                        + "/query -H 'Content-Type: application/json' -d '{\"statement\": \"SELECT"
                        + " 42 AS answer\"}'");
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    /** What curl sends; a password that was chosen is asked for instead of printed. */
    private static String authorization(Settings settings, String name) {
        String user = name + (settings.hasDefaultUser() ? ":" + Settings.DEFAULT_USER : "");
        String quoted = "'" + user.replace("'", "'\\''") + "'";
        if (settings.api().acceptsBasic()) {
            return "-u " + (user.matches("[\\w.@:-]+") ? user : quoted);
        }
        String token =
                settings.hasDefaultUser()
                        ? "printf %s " + quoted
                        : "printf 'Password: ' >&2; read -r p; printf '%s:%s' "
                                + quoted
                                + " \"$p\"";
        return "-H \"Authorization: Bearer $(" + token + " | base64 | tr -d '\\n')\"";
    }

    private static String version() {
        try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Only warnings, a line each, unless the JVM was given a configuration of its own. */
    private static void quietLogs() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream in = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(in);
        } catch (IOException e) {
            throw new IllegalStateException("the jar is incomplete", e);
        }
    }
}
