package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.client.Validation;
import ai.altertable.flink.format.DuckType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Divides a scan into splits: checks what is to be read, pins a snapshot, measures, and finds
 * conditions of which each row meets exactly one.
 *
 * <h2>By what</h2>
 *
 * <ul>
 *   <li>{@code scan.partition.column}, if it is set
 *   <li>the number that the server gives to each row of a table, if it does
 *   <li>nothing: one split. So are aggregations, and queries without a partition column
 * </ul>
 *
 * <h2>Into how many</h2>
 *
 * <p>{@code scan.partition.num}, or as many as make each smaller than {@code scan.split.max-size};
 * fewer where the column has not so many values. Rows without a value are one more.
 */
final class SplitPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(SplitPlanner.class);

    private static final LogicalType TEXT = VarCharType.STRING_TYPE;
    private static final int SAMPLED_ROWS = 20_000;
    private static final int SAMPLED_ROWS_PER_SPLIT = 50;

    private final Questions questions;
    private final Scan scan;
    private final ScanSettings settings;
    private final int readers;

    SplitPlanner(Questions questions, Scan scan, ScanSettings settings, int readers) {
        this.questions = questions;
        this.scan = scan;
        this.settings = settings;
        this.readers = readers;
    }

    List<QuerySplit> plan() throws IOException {
        check();
        long snapshot = new SnapshotChoice(questions, scan, settings.snapshot()).choose();
        ScanSql sql = new ScanSql(scan, snapshot);
        List<DuckType.Field> relation = questions.columnsOf(sql.wholeRelation());
        sql.refuseWhatCannotBeRead(relation);
        List<DuckType.Field> columns =
                scan.computed().isEmpty() ? relation : questions.columnsOf(sql.rows());
        // Refuses columns that are missing or do not fit, before anything is measured.
        SplitTemplate template = sql.template(columns);
        Optional<PartitionColumn> named =
                Optional.of(settings.partitionColumn())
                        .filter(name -> !name.isEmpty())
                        .map(name -> PartitionColumn.named(name, relation));
        ScanSize size = ScanSize.measure(questions, scan, sql, columns);
        List<String> conditions = conditions(sql, named, size, relation);
        LOG.info(
                "{} is read in {} splits{}, {} rows of about {} bytes each",
                scan.about(),
                conditions.size(),
                template.isPinned() ? " at snapshot " + snapshot : "",
                size.rows(),
                Math.round(size.bytesPerRow()));
        return splits(template, conditions, size.rows() / conditions.size());
    }

    private void check() throws IOException {
        if (scan.relation() instanceof Scan.Table table) {
            questions.checkThatItExists(table);
            return;
        }
        Optional<Validation> validation = questions.validate(ScanSql.of(scan).wholeRelation());
        if (validation.isPresent() && !validation.get().valid()) {
            throw new ValidationException(
                    "Option '%s' is no query that the lakehouse can read: %s"
                            .formatted(
                                    AltertableOptions.SCAN_QUERY.key(),
                                    validation.get().error().orElse("it does not say why")));
        }
    }

    private List<String> conditions(
            ScanSql sql,
            Optional<PartitionColumn> named,
            ScanSize size,
            List<DuckType.Field> relation)
            throws IOException {
        int wanted =
                settings.splits() > 0
                        ? settings.splits()
                        : size.splits(settings.maxSplitSize().getBytes(), readers);
        if (wanted == 1 || scan.grouping().aggregates()) {
            return List.of(ScanSql.EVERY_ROW);
        }
        int sample = Math.max(SAMPLED_ROWS, Math.multiplyExact(SAMPLED_ROWS_PER_SPLIT, wanted));
        if (named.isPresent()) {
            String boundaries = named.get().boundaries(sql, wanted, sample);
            return named.get().conditions(questions.rows(boundaries, TEXT));
        }
        if (PartitionColumn.mayHaveRowid(scan, relation)) {
            String boundaries = PartitionColumn.ROWID.boundaries(sql, wanted, sample);
            Optional<List<RowData>> found = questions.rowsIfPossible(boundaries, TEXT);
            if (found.isPresent()) {
                return PartitionColumn.ROWID.conditions(found.get());
            }
        }
        LOG.info(
                "{} is worth {} splits, but is read in one: set {}",
                scan.about(),
                wanted,
                AltertableOptions.SCAN_PARTITION_COLUMN.key());
        return List.of(ScanSql.EVERY_ROW);
    }

    private static List<QuerySplit> splits(
            SplitTemplate template, List<String> conditions, long rowsEach) {
        List<QuerySplit> splits = new ArrayList<>();
        for (String condition : conditions) {
            String id = String.valueOf(splits.size() + 1);
            splits.add(new QuerySplit(id, template, condition, rowsEach));
        }
        return splits;
    }
}
