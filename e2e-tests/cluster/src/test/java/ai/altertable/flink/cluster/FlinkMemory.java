package ai.altertable.flink.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arguments by which Flink's scripts divide a process's memory; Flink's own class tells them.
 */
record FlinkMemory(List<String> ofTheJvm, List<String> ofTheProcess) {

    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

    /** As their configuration has it. */
    static FlinkMemory ofTaskManagers(String classPath, Path conf, Path log)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-cp", classPath));
        arguments.add("org.apache.flink.runtime.util.bash.BashJavaUtils");
        arguments.addAll(List.of("GET_TM_RESOURCE_PARAMS", "--configDir", conf.toString()));
        try (ChildProcess child = ChildProcess.java(log, Map.of(), arguments)) {
            List<String> results =
                    child.outputAtItsEnd()
                            .lines()
                            .filter(line -> line.startsWith(RESULT))
                            .map(line -> line.substring(RESULT.length()).strip())
                            .toList();
            return new FlinkMemory(words(results.get(0)), words(results.get(1)));
        }
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split("\\s+"));
    }
}
