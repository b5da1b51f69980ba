package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.format.SqlText;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.flink.table.api.ValidationException;
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
        OptionalLong newest = newestOf(table.id().catalog());
        if (newest.isEmpty()) {
            LOG.info("The catalog of {} has no snapshots: splits read what is there", table);
            return SplitTemplate.NO_SNAPSHOT;
        }
        long version = newest.getAsLong();
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

    /**
     * Empty where the server refuses the question, as it does for a plain database, in whatever
     * words. That it could not be asked, or had no time, is no answer.
     */
    private OptionalLong newestOf(String catalog) throws IOException {
        String query =
                "SELECT CAST(id AS VARCHAR) AS f0 FROM "
                        + SqlText.identifier(catalog)
                        + ".current_snapshot()";
        try {
            return questions.rows(query, new BigIntType()).stream()
                    .filter(row -> !row.isNullAt(0))
                    .mapToLong(row -> row.getLong(0))
                    .findFirst();
        } catch (AltertableException e) {
            if (Questions.isRefusal(e)) {
                LOG.info("{}: no newest snapshot: {}", scan.about(), e.getMessage());
                return OptionalLong.empty();
            }
            throw new IOException(
                    "The lakehouse does not say whether it has snapshots. Option '%s' = off reads"
                                    .formatted(AltertableOptions.SCAN_SNAPSHOT.key())
                            + " without one",
                    e);
        }
    }

    private void probe(long version) throws IOException {
        questions.columnsOf(new ScanSql(scan, version).select("*", ScanSql.EVERY_ROW));
    }
}
