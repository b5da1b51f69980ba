package ai.altertable.local.contract;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Storage;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Today's API alone. */
class TodayContractITCase extends ContractSuite {

    private static AltertableLocal lakehouse;

    @BeforeAll
    static void start() throws Exception {
        lakehouse =
                AltertableLocal.builder()
                        .user("alice", "s3cret")
                        .catalog("lake")
                        .storage(Storage.DUCKDB)
                        .api(Api.TODAY)
                        .start();
    }

    @AfterAll
    static void stop() throws Exception {
        lakehouse.close();
    }

    @Override
    protected ContractTarget target() {
        return new ContractTarget(
                lakehouse.url(), "alice", "s3cret", "lake", Set.of(Generation.TODAY));
    }

    @Nested
    class Today extends TodaySuite {
        @Override
        ContractTarget target() {
            return TodayContractITCase.this.target();
        }
    }

    @Nested
    class OnlyToday extends OnlyTodaySuite {
        @Override
        ContractTarget target() {
            return TodayContractITCase.this.target();
        }
    }

    @Nested
    class QueryOptions extends QueryOptionsSuite {
        @Override
        ContractTarget target() {
            return TodayContractITCase.this.target();
        }
    }
}
