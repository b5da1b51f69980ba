package ai.altertable.flink.benchmarks;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The rows of {@link Lineitem} out of one contender through a Flink job, in a JVM of its own: once
 * to warm up, then measured.
 */
public final class SourceJob {

    private SourceJob() {}

    public static void main(String[] arguments) throws Exception {
        SourceContender contender = SourceContender.valueOf(arguments[0]);
        String url = arguments[1];
        long rows = Long.parseLong(arguments[2]);
        run(contender, url, rows);
        System.out.println(Measurement.of(() -> run(contender, url, rows)).line());
        System.exit(0);
    }

    static void run(SourceContender contender, String url, long rows) throws Exception {
        contender.run(environment(), url, rows);
        if (CountedRows.count() != rows) {
            throw new IllegalStateException(
                    contender.label() + " read " + CountedRows.count() + " rows, not " + rows);
        }
    }

    private static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.setString("parallelism.default", "1");
        config.setString("pipeline.object-reuse", "true");
        config.setString("execution.checkpointing.interval", "2 s");
        return StreamExecutionEnvironment.getExecutionEnvironment(config);
    }
}
