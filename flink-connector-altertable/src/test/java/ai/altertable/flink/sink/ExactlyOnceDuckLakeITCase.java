package ai.altertable.flink.sink;

import static org.assertj.core.api.Assumptions.assumeThat;

import ai.altertable.local.Storage;
import ai.altertable.local.lake.DuckLake;
import org.junit.jupiter.api.BeforeAll;

class ExactlyOnceDuckLakeITCase extends ExactlyOnceSuite {

    @BeforeAll
    static void needsItsExtension() {
        assumeThat(DuckLake.available()).isTrue();
    }

    @Override
    Storage storage() {
        return Storage.DUCKLAKE;
    }
}
