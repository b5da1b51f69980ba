package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The metrics that the documentation names are there, by these names, on a cluster. */
@ExtendWith(TestBeds.Extension.class)
class OperationsDocITCase {

    private static final Path PAGE = Path.of("..", "..", "docs", "operations.md");
    private static final Pattern METRIC =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| (counter|gauge|hist)");

    @Test
    void namesMetricsAsTheyAre(TestBeds beds) throws Exception {
        Set<String> documented = new TreeSet<>();
        Matcher metric = METRIC.matcher(Files.readString(PAGE));
        while (metric.find()) {
            documented.add(metric.group(1));
        }
        assertThat(documented).hasSizeGreaterThan(15);

        TestBed bed = beds.of(FlinkVersion.NEWEST);
        SlowCopy copy = new SlowCopy(bed, "metered", Guarantee.AT_LEAST_ONCE);
        try (SqlGateway sql = bed.streaming()) {
            String job = copy.submit(sql);
            copy.awaitMiddle();

            Set<String> missing = new TreeSet<>(documented);
            Await.until(
                    "all metrics are there",
                    () -> {
                        bed.rest().metrics(job).forEach(name -> missing.remove(plain(name)));
                        return missing.isEmpty() || !bed.rest().state(job).equals("RUNNING");
                    });

            assertThat(missing).isEmpty();
        }
    }

    /** Without the operator before it and the quantile behind it. */
    private static String plain(String name) {
        return name.replaceFirst(".*\\.", "").replaceFirst("_\\w+$", "");
    }
}
