package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stopped with a savepoint and resumed, as somebody else: nothing is lost and nothing is twice. */
@ExtendWith(TestBeds.Extension.class)
class SavepointITCase {

    private static final String RESUME_FROM = "execution.state-recovery.path";

    @ParameterizedTest
    @EnumSource
    void resumesWithMoreParallelism(FlinkVersion version, TestBeds beds) throws Exception {
        TestBed bed = beds.of(version);
        Workload workload = new Workload(bed, "rescaled", Guarantee.AT_LEAST_ONCE);
        try (SqlGateway sql = bed.streaming()) {
            workload.declare(sql);
            sql.set("parallelism.default", "1");
            String job = workload.submit(sql);
            workload.awaitMiddle(job);

            sql.set(RESUME_FROM, bed.rest().stop(job, bed.flink().states()));
            sql.set("parallelism.default", "2");

            workload.finish(workload.submit(sql));
        }
        workload.checkExact();
    }

    /**
     * A scan and a sink go on in another build of the connector. The two differ in the name of the
     * jar, its manifest and the version that it tells the lakehouse; or, when the system property
     * {@code previous.connector} names the jar of a release, in all that has changed since. That
     * the formats of states can be read by later versions is what their own tests show.
     */
    @ParameterizedTest
    @EnumSource
    void resumesWithTheNextBuildOfTheConnector(Guarantee guarantee, TestBeds beds)
            throws Exception {
        TestBed bed = beds.of(FlinkVersion.NEWEST);
        SlowCopy copy =
                new SlowCopy(
                        bed, "upgraded_" + guarantee.name().toLowerCase(Locale.ROOT), guarantee);
        Path before = OtherBuild.previous(Path.of("target"));
        try {
            bed.flink().useLib(List.of(before));
            assertThat(bed.rest().classPath())
                    .contains(before.getFileName().toString())
                    .doesNotContain(TestBed.CONNECTOR.getFileName().toString());
            bed.lakehouse().forgetCallers();
            String savepoint;
            try (SqlGateway sql = bed.streaming()) {
                String job = copy.submit(sql);
                copy.awaitMiddle();
                savepoint = bed.rest().stop(job, bed.flink().states());
            }
            assertThat(copy.rows()).isLessThan(SlowCopy.ROWS);
            assertThat(bed.lakehouse().callers())
                    .singleElement(STRING)
                    .contains(OtherBuild.version(before));

            bed.lakehouse().forgetCallers();
            bed.flink().useLib(List.of(TestBed.CONNECTOR));
            try (SqlGateway sql = bed.streaming()) {
                sql.set(RESUME_FROM, savepoint);
                bed.rest().awaitFinished(copy.submit(sql));
            }
            assertThat(bed.lakehouse().callers())
                    .singleElement(STRING)
                    .contains(OtherBuild.version(TestBed.CONNECTOR));
        } finally {
            bed.flink().useLib(List.of(TestBed.CONNECTOR));
        }
        assertThat(copy.counts()).isEqualTo("[" + SlowCopy.ROWS + "," + SlowCopy.ROWS + "]");
    }
}
