package ai.altertable.local.contract;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Storage;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The first generation alone. */
class FirstGenerationContractITCase extends ContractSuite {

    private static AltertableLocal lakehouse;

    @BeforeAll
    static void start() throws Exception {
        lakehouse =
                AltertableLocal.builder()
                        .user("alice", "s3cret")
                        .catalog("lake")
                        .storage(Storage.DUCKDB)
                        .api(Api.FIRST)
                        .start();
    }

    @AfterAll
    static void stop() throws Exception {
        lakehouse.close();
    }

    @Override
    protected ContractTarget target() {
        return new ContractTarget(
                lakehouse.url(), "alice", "s3cret", "lake", Set.of(Generation.FIRST));
    }

    @Nested
    class FirstGeneration extends FirstGenerationSuite {
        @Override
        ContractTarget target() {
            return FirstGenerationContractITCase.this.target();
        }
    }

    @Nested
    class OnlyFirstGeneration extends OnlyFirstGenerationSuite {
        @Override
        ContractTarget target() {
            return FirstGenerationContractITCase.this.target();
        }
    }
}
