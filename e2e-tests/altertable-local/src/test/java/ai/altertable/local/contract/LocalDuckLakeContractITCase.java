package ai.altertable.local.contract;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Storage;
import ai.altertable.local.lake.DuckLake;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Both generations on a DuckLake: snapshots, conflicts, no keys. */
class LocalDuckLakeContractITCase extends ContractSuite {

    private static final String UNAVAILABLE =
            "the ducklake extension cannot be loaded, so DuckLake storage was not tested";

    private static AltertableLocal lakehouse;

    @BeforeAll
    static void start() throws Exception {
        if (!DuckLake.available()) {
            System.out.println("SKIPPED: " + UNAVAILABLE);
        }
        Assumptions.assumeTrue(DuckLake.available(), UNAVAILABLE);
        lakehouse =
                AltertableLocal.builder()
                        .user("alice", "s3cret")
                        .catalog("lake")
                        .storage(Storage.DUCKLAKE)
                        .api(Api.BOTH)
                        .start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (lakehouse != null) {
            lakehouse.close();
        }
    }

    @Override
    protected ContractTarget target() {
        return new ContractTarget(
                lakehouse.url(),
                "alice",
                "s3cret",
                "lake",
                Set.of(Generation.FIRST, Generation.TODAY));
    }

    @Nested
    class FirstGeneration extends FirstGenerationSuite {
        @Override
        ContractTarget target() {
            return LocalDuckLakeContractITCase.this.target();
        }
    }

    @Nested
    class Today extends TodaySuite {
        @Override
        ContractTarget target() {
            return LocalDuckLakeContractITCase.this.target();
        }
    }

    @Nested
    class BothGenerations extends BothGenerationsSuite {
        @Override
        ContractTarget target() {
            return LocalDuckLakeContractITCase.this.target();
        }
    }

    @Nested
    class QueryOptions extends QueryOptionsSuite {
        @Override
        ContractTarget target() {
            return LocalDuckLakeContractITCase.this.target();
        }
    }

    @Nested
    class DuckLakeStorage extends DuckLakeSuite {
        @Override
        ContractTarget target() {
            return LocalDuckLakeContractITCase.this.target();
        }
    }
}
