package ai.altertable.flink.cluster;

import java.nio.file.Path;

/** The Flinks that everything has to run on, and where their distributions are. */
enum FlinkVersion {
    OLDEST("oldest/target/flink"),
    /** Or the distribution that FLINK_HOME names. */
    NEWEST("target/flink");

    private final String folder;

    FlinkVersion(String folder) {
        this.folder = folder;
    }

    FlinkHome home() {
        String named = System.getenv("FLINK_HOME");
        return new FlinkHome(
                this == NEWEST && named != null
                        ? Path.of(named)
                        : Path.of("flink").resolve(folder));
    }
}
