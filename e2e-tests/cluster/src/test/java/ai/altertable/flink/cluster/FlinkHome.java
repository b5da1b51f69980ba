package ai.altertable.flink.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of a Flink distribution, whether it was unpacked or put together by our build. */
record FlinkHome(Path folder) {

    /** What the scripts of a distribution pass to its processes: see its conf/config.yaml. */
    static final List<String> JVM_OPTIONS =
            Stream.of(
                            "java.lang",
                            "java.net",
                            "java.io",
                            "java.nio",
                            "java.lang.reflect",
                            "java.text",
                            "java.time",
                            "java.util",
                            "java.util.concurrent",
                            "java.util.concurrent.atomic",
                            "java.util.concurrent.locks",
                            "sun.nio.ch")
                    .map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED")
                    .toList();

    /** The class path of a process of Flink's, with these jars in lib/ as well. */
    String classPath(List<Path> added) throws IOException {
        List<Path> jars = new ArrayList<>(added);
        jars.addAll(lib());
        // By name, as the scripts do it; ours are somewhere in the middle, as they happen to be.
        jars.sort(Comparator.comparing(Path::getFileName));
        return joined(jars);
    }

    /** What the SQL gateway has beside that. */
    String gatewayClassPath(List<Path> added) throws IOException {
        try (Stream<Path> opt = Files.list(folder.resolve("opt"))) {
            List<Path> gateway =
                    opt.filter(jar -> jar.getFileName().toString().startsWith("flink-sql-gateway"))
                            .toList();
            return classPath(added) + File.pathSeparator + joined(gateway);
        }
    }

    /** What the scripts ask about memory; in a distribution it is a jar beside them. */
    String scriptsClassPath() throws IOException {
        Path scripts = folder.resolve("bin").resolve("bash-java-utils.jar");
        return classPath(Files.exists(scripts) ? List.of(scripts) : List.of());
    }

    private List<Path> lib() throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).toList();
        }
    }

    private static String joined(List<Path> jars) {
        return jars.stream()
                .map(jar -> jar.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
