package ai.altertable.flink.source;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;

/** Where splits go that are too large for memory: one of Flink's folders for temporary files. */
final class SpillFolder {

    private SpillFolder() {}

    static Path of(Configuration taskManager) {
        List<String> folders =
                Arrays.stream(
                                taskManager
                                        .get(CoreOptions.TMP_DIRS)
                                        .split("[,|]|" + Pattern.quote(File.pathSeparator)))
                        .map(String::strip)
                        .filter(folder -> !folder.isEmpty())
                        .toList();
        return folders.isEmpty()
                ? Path.of(System.getProperty("java.io.tmpdir"))
                : Path.of(folders.get(ThreadLocalRandom.current().nextInt(folders.size())));
    }
}
