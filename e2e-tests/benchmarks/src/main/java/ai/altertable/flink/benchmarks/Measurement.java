package ai.altertable.flink.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * What something took this JVM.
 *
 * @param cpu seconds of all threads
 * @param allocated bytes, by all threads, also those that have ended
 */
record Measurement(double seconds, double cpu, double allocated) {

    private static final String MARK = "RESULT ";
    private static final double NANOS = 1e9;

    /** What is measured. */
    interface Work {
        void run() throws Exception;
    }

    static Measurement of(Work work) throws Exception {
        double allocated = allocatedNow();
        double cpu = cpuNow();
        long begin = System.nanoTime();
        work.run();
        return new Measurement(
                (System.nanoTime() - begin) / NANOS, cpuNow() - cpu, allocatedNow() - allocated);
    }

    private static double cpuNow() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / NANOS;
    }

    private static double allocatedNow() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    /** For the JVM that started this one. */
    String line() {
        return String.format(Locale.ROOT, "%s%.3f %.3f %.0f", MARK, seconds, cpu, allocated);
    }

    /** Of such a line; any other is none. */
    static Optional<Measurement> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        String[] numbers = line.substring(MARK.length()).split(" ");
        return Optional.of(
                new Measurement(
                        Double.parseDouble(numbers[0]),
                        Double.parseDouble(numbers[1]),
                        Double.parseDouble(numbers[2])));
    }
}
