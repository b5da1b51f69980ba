package ai.altertable.local.contract;

import org.junit.jupiter.api.Nested;

/**
 * CONTRACT.md, clause by clause, against a running server: black box, over HTTP.
 *
 * <p>A subclass names the server ({@link #target()}) and adds, as nested classes of its own, the
 * parts that only some servers have: {@link FirstGenerationSuite}, {@link TodaySuite} and {@link
 * QueryOptionsSuite} by the generations it speaks, {@link DuckLakeSuite} or {@link
 * PlainDuckDbSuite} by its storage. Where the contract leaves a choice, every allowed form passes.
 */
public abstract class ContractSuite {

    /** The server, up and running for as long as the tests of the class. */
    protected abstract ContractTarget target();

    @Nested
    class Upload extends UploadSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class Upsert extends UpsertSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class Query extends QuerySuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class Transactions extends TransactionSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class AppendRows extends AppendRowsSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class Statuses extends StatusSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class WritingJson extends WritingJsonSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class WritingParquet extends WritingParquetSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class Reading extends ReadingSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class HostileInput extends HostileInputSuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }

    @Nested
    class Concurrency extends ConcurrencySuite {
        @Override
        ContractTarget target() {
            return ContractSuite.this.target();
        }
    }
}
