package ai.altertable.local.contract;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Storage;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Both generations on a plain DuckDB. */
class LocalDuckDbContractITCase extends ContractSuite {

    private static AltertableLocal lakehouse;

    @BeforeAll
    static void start() throws Exception {
        lakehouse =
                AltertableLocal.builder()
                        .user("alice", "s3cret")
                        .catalog("lake")
                        .storage(Storage.DUCKDB)
                        .api(Api.BOTH)
                        .start();
    }

    @AfterAll
    static void stop() throws Exception {
        lakehouse.close();
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
            return LocalDuckDbContractITCase.this.target();
        }
    }

    @Nested
    class Today extends TodaySuite {
        @Override
        ContractTarget target() {
            return LocalDuckDbContractITCase.this.target();
        }
    }

    @Nested
    class BothGenerations extends BothGenerationsSuite {
        @Override
        ContractTarget target() {
            return LocalDuckDbContractITCase.this.target();
        }
    }

    @Nested
    class QueryOptions extends QueryOptionsSuite {
        @Override
        ContractTarget target() {
            return LocalDuckDbContractITCase.this.target();
        }
    }

    @Nested
    class PlainDuckDb extends PlainDuckDbSuite {
        @Override
        ContractTarget target() {
            return LocalDuckDbContractITCase.this.target();
        }
    }
}
