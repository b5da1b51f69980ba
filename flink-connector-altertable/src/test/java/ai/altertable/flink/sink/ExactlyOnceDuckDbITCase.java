package ai.altertable.flink.sink;

import ai.altertable.local.Storage;

class ExactlyOnceDuckDbITCase extends ExactlyOnceSuite {

    @Override
    Storage storage() {
        return Storage.DUCKDB;
    }
}
