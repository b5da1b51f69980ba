package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL in the middle of a job, and what is in the tables at its end. */
@ExtendWith(TestBeds.Extension.class)
class KillITCase {

    @ParameterizedTest
    @CsvSource({"NEWEST, AT_LEAST_ONCE", "NEWEST, EXACTLY_ONCE", "OLDEST, EXACTLY_ONCE"})
    void ofATaskManager(FlinkVersion version, Guarantee guarantee, TestBeds beds) throws Exception {
        TestBed bed = beds.of(version);
        Workload workload = new Workload(bed, "task_manager_" + guarantee, guarantee);
        try (SqlGateway sql = bed.streaming()) {
            workload.declare(sql);
            String job = workload.submit(sql);
            workload.awaitMiddle(job);

            bed.flink().killTaskManager();

            workload.finish(job);
            assertThat(bed.rest().failures(job)).isPositive();
        }
        workload.checkGuarantee();
    }

    /**
     * There is no high availability, so the job goes on as a new one, from what it had retained.
     */
    @ParameterizedTest
    @EnumSource
    void ofTheJobManager(Guarantee guarantee, TestBeds beds) throws Exception {
        TestBed bed = beds.of(FlinkVersion.NEWEST);
        Workload workload = new Workload(bed, "job_manager_" + guarantee, guarantee);
        try (SqlGateway sql = bed.streaming()) {
            workload.declare(sql);
            String job = workload.submit(sql);
            workload.awaitMiddle(job);

            bed.flink().killJobManager();

            sql.set("execution.state-recovery.path", bed.flink().newestCheckpoint(job).toString());
            workload.finish(workload.submit(sql));
        }
        workload.checkGuarantee();
    }

    /** The sink tries again for as long as the lakehouse is away; the job need not start anew. */
    @ParameterizedTest
    @EnumSource
    void ofTheLakehouse(Guarantee guarantee, TestBeds beds) throws Exception {
        TestBed bed = beds.of(FlinkVersion.NEWEST);
        Workload workload = new Workload(bed, "lakehouse_" + guarantee, guarantee);
        try (SqlGateway sql = bed.streaming()) {
            workload.declare(sql);
            String job = workload.submit(sql);
            workload.awaitMiddle(job);

            bed.lakehouse().killAndStart();

            workload.finish(job);
            assertThat(bed.rest().failures(job)).isZero();
        }
        workload.checkGuarantee();
    }
}
