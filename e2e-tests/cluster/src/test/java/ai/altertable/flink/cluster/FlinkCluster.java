package ai.altertable.flink.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A job manager, task managers and a SQL gateway, each a process of its own, started as Flink's
 * scripts start them. Each can be killed and comes back where it was.
 */
final class FlinkCluster implements AutoCloseable {

    private static final int TASK_MANAGERS = 2;

    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String GATEWAY = "org.apache.flink.table.gateway.SqlGateway";

    private final FlinkHome home;
    private final Path folder;
    private final Path conf;
    private final int restPort = FreePorts.next();
    private final int gatewayPort = FreePorts.next();
    private final FlinkRest rest = new FlinkRest(address(restPort));
    private final Deque<ChildProcess> taskManagers = new ArrayDeque<>();
    private List<Path> lib;
    private FlinkMemory memory;
    private ChildProcess jobManager;
    private ChildProcess gateway;

    private FlinkCluster(FlinkHome home, Path folder, List<Path> lib) {
        this.home = home;
        this.folder = folder;
        this.conf = folder.resolve("conf");
        this.lib = lib;
    }

    /**
     * @param folder for its configuration, logs and checkpoints
     * @param lib what is in lib/ beside Flink's own
     */
    static FlinkCluster start(FlinkHome home, Path folder, List<Path> lib) throws Exception {
        FlinkCluster cluster = new FlinkCluster(home, folder.toAbsolutePath(), lib);
        try {
            cluster.configure();
            cluster.startAll();
            return cluster;
        } catch (Throwable e) {
            cluster.close();
            throw e;
        }
    }

    FlinkRest rest() {
        return rest;
    }

    SqlGateway sql(Map<String, String> settings) throws IOException, InterruptedException {
        return SqlGateway.open(address(gatewayPort), settings);
    }

    /** Where checkpoints and savepoints are. */
    URI states() {
        return folder.resolve("states").toUri();
    }

    /** The newest complete checkpoint of a job, as the disk has it when nobody runs the job. */
    URI newestCheckpoint(String job) throws IOException {
        try (Stream<Path> found = Files.list(Path.of(states()).resolve(job))) {
            return found.filter(checkpoint -> Files.exists(checkpoint.resolve("_metadata")))
                    .max(Comparator.comparingLong(FlinkCluster::number))
                    .orElseThrow()
                    .toUri();
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
    }

    private void configure() throws IOException, InterruptedException {
        Files.createDirectories(conf);
        Files.writeString(conf.resolve("config.yaml"), configuration());
        Files.writeString(conf.resolve("log4j.properties"), LOGGING);
        memory =
                FlinkMemory.ofTaskManagers(
                        home.scriptsClassPath(), conf, folder.resolve("memory.log"));
    }

    private String configuration() {
        return String.join(
                "\n",
                "jobmanager.rpc.address: 127.0.0.1",
                "jobmanager.rpc.port: " + FreePorts.next(),
                "jobmanager.bind-host: 127.0.0.1",
                "taskmanager.host: 127.0.0.1",
                "taskmanager.bind-host: 127.0.0.1",
                // So that every job is on all of them.
                "taskmanager.numberOfTaskSlots: 1",
                "taskmanager.memory.process.size: 1000m",
                "taskmanager.memory.managed.size: 64m",
                "rest.address: 127.0.0.1",
                "rest.bind-address: 127.0.0.1",
                "rest.port: " + restPort,
                "sql-gateway.endpoint.rest.address: 127.0.0.1",
                "sql-gateway.endpoint.rest.bind-address: 127.0.0.1",
                "sql-gateway.endpoint.rest.port: " + gatewayPort,
                "parallelism.default: " + TASK_MANAGERS,
                "execution.checkpointing.interval: 500 ms",
                "execution.checkpointing.dir: " + states(),
                "execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION",
                "restart-strategy.type: fixed-delay",
                "restart-strategy.fixed-delay.attempts: 20",
                // Longer than the lakehouse works on anything that a killed task has asked for.
                "restart-strategy.fixed-delay.delay: 2 s",
                // So that the death of a process is seen soon, and a slow machine is not death.
                "heartbeat.interval: 1000",
                "heartbeat.timeout: 20000",
                "cluster.registration.error-delay: 500",
                // What REST tells is as new as tests want it.
                "web.refresh-interval: 100",
                "metrics.fetcher.update-interval: 500",
                "io.tmp.dirs: " + folder.resolve("tmp"),
                "");
    }

    /** All at once: they find each other as they come. */
    private void startAll() throws Exception {
        startJobManager();
        while (taskManagers.size() < TASK_MANAGERS) {
            startTaskManager();
        }
        gateway =
                process(
                        "gateway",
                        home.gatewayClassPath(lib),
                        GATEWAY,
                        List.of("-Xmx384m"),
                        List.of());
        awaitTaskManagers();
        gateway.await("the gateway answers", () -> SqlGateway.answers(address(gatewayPort)));
    }

    private void startJobManager() throws IOException {
        jobManager =
                process(
                        "jobmanager",
                        home.classPath(lib),
                        JOB_MANAGER,
                        List.of("-Xmx384m", "-XX:MaxMetaspaceSize=256m"),
                        List.of());
    }

    private void startTaskManager() throws IOException {
        taskManagers.add(
                process(
                        "taskmanager",
                        home.classPath(lib),
                        TASK_MANAGER,
                        memory.ofTheJvm(),
                        memory.ofTheProcess()));
    }

    private void awaitTaskManagers() throws Exception {
        jobManager.await("all task managers are there", () -> rest.taskManagers() == TASK_MANAGERS);
    }

    private ChildProcess process(
            String name, String classPath, String main, List<String> jvm, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(FlinkHome.JVM_OPTIONS);
        command.add("-Dlog4j.configurationFile=" + conf.resolve("log4j.properties"));
        command.addAll(List.of("-cp", classPath, main));
        if (!main.equals(GATEWAY)) {
            command.addAll(List.of("--configDir", conf.toString()));
        }
        command.addAll(arguments);
        return ChildProcess.java(
                folder.resolve(name + ".log"), Map.of("FLINK_CONF_DIR", conf.toString()), command);
    }

    /** SIGKILL of the one that has run longest; another one takes its place. */
    void killTaskManager() throws Exception {
        taskManagers.remove().kill();
        startTaskManager();
    }

    /** SIGKILL: without high availability its jobs are gone with it. */
    void killJobManager() throws Exception {
        jobManager.kill();
        startJobManager();
        awaitTaskManagers();
    }

    /**
     * As for an upgrade: everything ends, and starts with these jars in lib/; if they are others.
     */
    void useLib(List<Path> added) throws Exception {
        if (!added.equals(lib)) {
            close();
            lib = added;
            startAll();
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        taskManagers.forEach(ChildProcess::close);
        taskManagers.clear();
        if (jobManager != null) {
            jobManager.close();
        }
    }

    private static final String LOGGING =
            String.join(
                    "\n",
                    "rootLogger.level = INFO",
                    "rootLogger.appenderRef.out.ref = out",
                    "appender.out.type = Console",
                    "appender.out.name = out",
                    "appender.out.layout.type = PatternLayout",
                    "appender.out.layout.pattern = %d{HH:mm:ss.SSS} [%t] %-5p %c{1} - %m%n",
                    "");
}
