package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.format.SqlText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the snapshot that all splits of a scan read. Only a table of a lakehouse that has snapshots
 * can be pinned: a view and a query are made of tables that nobody named here.
 */
record SnapshotChoice(Questions questions, Scan scan, SnapshotPolicy policy) {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotChoice.class);

    long choose() throws IOException {
        return switch (policy.kind()) {
            case OFF -> SplitTemplate.NO_SNAPSHOT;
            case VERSION -> given();
            case AUTO -> newest();
        };
    }

    private long given() throws IOException {
        if (!(scan.relation() instanceof Scan.Table)) {
            throw new ValidationException(
                    "Option '%s' cannot pin a query; write AT (VERSION => %d) behind its tables"
                            .formatted(AltertableOptions.SCAN_SNAPSHOT.key(), policy.version()));
        }
        try {
            probe(policy.version());
        } catch (AltertableException e) {
            if (!Questions.isRefusal(e)) {
                throw e;
            }
            throw new ValidationException(
                    ("Option '%s' is %d, but %s cannot be read at that snapshot: there is none, it"
                                    + " has expired, or it is older than the table")
                            .formatted(
                                    AltertableOptions.SCAN_SNAPSHOT.key(),
                                    policy.version(),
                                    scan.about()),
                    e);
        }
        return policy.version();
    }

    private long newest() throws IOException {
        if (!(scan.relation() instanceof Scan.Table table)) {
            LOG.info("A query is read without a snapshot: each split reads what is there then");
            return SplitTemplate.NO_SNAPSHOT;
        }
        Optional<List<RowData>> answer =
                questions.rowsIfPossible(
                        "SELECT id FROM "
                                + SqlText.identifier(table.id().catalog())
                                + ".current_snapshot()",
                        new BigIntType());
        if (answer.isEmpty() || answer.get().isEmpty()) {
            LOG.info("The catalog of {} has no snapshots: splits read what is there", table);
            return SplitTemplate.NO_SNAPSHOT;
        }
        long version = answer.get().get(0).getLong(0);
        try {
            probe(version);
            return version;
        } catch (AltertableException e) {
            if (!Questions.isRefusal(e)) {
                throw e;
            }
            LOG.info("{} is no table that has snapshots: splits read what is there", table);
            return SplitTemplate.NO_SNAPSHOT;
        }
    }

    private void probe(long version) throws IOException {
        questions.columnsOf(new ScanSql(scan, version).select("*", ScanSql.EVERY_ROW));
    }
}
