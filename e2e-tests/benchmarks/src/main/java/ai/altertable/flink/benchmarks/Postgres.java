package ai.altertable.flink.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL of this machine's binaries, on a free port of the loopback, with its data in a
 * folder that is deleted; it ends with this process.
 */
final class Postgres implements AutoCloseable {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "flink";
    private static final int LONGEST_SECONDS = 60;

    private final Path binaries;
    private final TemporaryFolder folder;
    private final int port;
    private final Process server;

    private Postgres(Path binaries, TemporaryFolder folder, int port, Process server) {
        this.binaries = binaries;
        this.folder = folder;
        this.port = port;
        this.server = server;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    /** Nothing if none is installed. */
    static Optional<Postgres> start() throws IOException, InterruptedException {
        Optional<Path> binaries = binaries();
        if (binaries.isEmpty()) {
            return Optional.empty();
        }
        TemporaryFolder folder = TemporaryFolder.create("postgres");
        if (isRoot()) {
            run(List.of("chown", "postgres", folder.path().toString()));
        }
        Path data = folder.resolve("data");
        Path bin = binaries.get();
        run(
                unprivileged(
                        bin.resolve("initdb"), "-D", data, "-U", USER, "-A", "trust", "--no-sync"));
        int port = freePort();
        Process server =
                new ProcessBuilder(
                                unprivileged(
                                        bin.resolve("postgres"),
                                        "-D",
                                        data,
                                        "-p",
                                        port,
                                        "-h",
                                        "127.0.0.1",
                                        "-k",
                                        folder.path(),
                                        "-c",
                                        "shared_buffers=1GB",
                                        "-c",
                                        "max_wal_size=8GB",
                                        "-c",
                                        "fsync=off"))
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of("/dev/null").toFile())
                        .start();
        Postgres postgres = new Postgres(bin, folder, port, server);
        postgres.awaitReady();
        return Optional.of(postgres);
    }

    /** Of the newest version where Debian has them, or on the PATH. */
    private static Optional<Path> binaries() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                versions.map(version -> version.resolve("bin"))
                        .sorted()
                        .forEach(bin -> folders.add(0, bin));
            }
        }
        return folders.stream().filter(Postgres::isWhole).findFirst();
    }

    private static boolean isWhole(Path folder) {
        return Stream.of("postgres", "initdb", "psql")
                .allMatch(binary -> Files.isExecutable(folder.resolve(binary)));
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (start(psql("SELECT 1")).waitFor() != 0) {
            if (System.nanoTime() > end || !server.isAlive()) {
                close();
                throw new IOException("PostgreSQL does not start");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Runs statements, each by itself. */
    void execute(String... statements) throws IOException, InterruptedException {
        for (String sql : statements) {
            run(psql(sql));
        }
    }

    /** A table lineitem of the rows of a file that this machine's users may read. */
    void load(String columns, Path csv) throws IOException, InterruptedException {
        execute(
                "CREATE UNLOGGED TABLE lineitem " + columns,
                "\\copy lineitem FROM '" + csv + "' WITH (FORMAT csv, HEADER)",
                "VACUUM ANALYZE lineitem");
    }

    private List<String> psql(String sql) {
        return command(
                binaries.resolve("psql"),
                "-h",
                "127.0.0.1",
                "-p",
                port,
                "-U",
                USER,
                "-d",
                "postgres",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                sql);
    }

    /** For JDBC, with its user. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    /** It does not run as root. */
    private static List<String> unprivileged(Object... words) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(command(words));
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> command(Object... words) {
        return Arrays.stream(words).map(Object::toString).toList();
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        int exit = start(command).waitFor();
        if (exit != 0) {
            throw new IOException(command.get(0) + " ended with " + exit);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What it is asked for by hand or by the end of this process. */
    private void stop() {
        server.destroy();
    }

    @Override
    public void close() throws IOException {
        // Where this is root's, the server is the child of a process that gave root's rights up.
        CompletableFuture<?>[] ends =
                Stream.concat(Stream.of(server.toHandle()), server.descendants())
                        .map(ProcessHandle::onExit)
                        .toArray(CompletableFuture[]::new);
        stop();
        CompletableFuture.allOf(ends).orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        folder.close();
    }
}
