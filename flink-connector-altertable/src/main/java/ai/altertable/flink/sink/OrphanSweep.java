package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.format.SmallResult;
import ai.altertable.flink.format.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops staged tables for one target that are older than {@code sink.staging-ttl}. */
final class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

    private static final Duration EVERY = Duration.ofMinutes(10);

    private static final RowType NAMES =
            RowType.of(new LogicalType[] {VarCharType.STRING_TYPE}, new String[] {"name"});

    private final SinkSettings settings;
    private final AltertableClient client;
    private Instant next = Instant.MIN;

    OrphanSweep(SinkSettings settings, AltertableClient client) {
        this.settings = settings;
        this.client = client;
    }

    /**
     * After one, since what was restored is not swept before it is committed. Waits for nothing.
     */
    void afterCommit(StagedChunks.How how) {
        Instant now = Instant.now();
        Duration ttl = settings.committing().stagingTtl();
        if (ttl.isZero() || now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        SmallResult.rows(client, tables(how), NAMES)
                .thenAccept(rows -> drop(how, rows, now.minus(ttl)))
                .exceptionally(
                        failure -> {
                            LOG.info("No look for old staged tables: {}", failure.getMessage());
                            return null;
                        });
    }

    private static Query tables(StagedChunks.How how) {
        return Query.reading(
                how.ledger().toString(),
                "SELECT table_name AS name FROM duckdb_tables() WHERE database_name = "
                        + SqlText.quoted(how.ledger().catalog())
                        + " AND schema_name = "
                        + SqlText.quoted(how.ledger().schema())
                        + " AND starts_with(table_name, "
                        + SqlText.quoted(StagedNames.prefix(how.target()))
                        + ")");
    }

    private void drop(StagedChunks.How how, List<RowData> rows, Instant before) {
        List<TableId> old =
                rows.stream()
                        .map(row -> row.getString(0).toString())
                        .filter(name -> isOlder(name, before))
                        .map(how::staged)
                        .toList();
        Orphans.drop(settings.connection(), old);
    }

    private static boolean isOlder(String name, Instant before) {
        return StagedNames.time(name).map(time -> time.isBefore(before)).orElse(false);
    }
}
