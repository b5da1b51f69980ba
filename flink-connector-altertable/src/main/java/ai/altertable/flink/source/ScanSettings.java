package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.ScanTransport;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How a relation is read.
 *
 * @param partitionColumn the column whose values divide the splits; empty: what the server offers
 * @param splits how many; 0: from the size
 * @param maxSplitSize how large a split may be, as read
 */
public record ScanSettings(
        String partitionColumn, int splits, MemorySize maxSplitSize, SnapshotPolicy snapshot)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final MemorySize SMALLEST_SPLIT = MemorySize.parse("64 kb");

    public ScanSettings {
        if (splits < 0) {
            throw invalid(AltertableOptions.SCAN_PARTITION_NUM, "must be at least 1");
        }
        if (maxSplitSize.compareTo(SMALLEST_SPLIT) < 0) {
            throw invalid(
                    AltertableOptions.SCAN_SPLIT_MAX_SIZE, "must be at least " + SMALLEST_SPLIT);
        }
    }

    public static ScanSettings from(ReadableConfig config) {
        Optional<Integer> splits = config.getOptional(AltertableOptions.SCAN_PARTITION_NUM);
        if (splits.filter(number -> number < 1).isPresent()) {
            throw invalid(AltertableOptions.SCAN_PARTITION_NUM, "must be at least 1");
        }
        if (config.get(AltertableOptions.SCAN_TRANSPORT) != ScanTransport.HTTP) {
            throw invalid(AltertableOptions.SCAN_TRANSPORT, "can only be 'http' as yet");
        }
        return new ScanSettings(
                config.getOptional(AltertableOptions.SCAN_PARTITION_COLUMN)
                        .map(String::strip)
                        .orElse(""),
                splits.orElse(0),
                config.get(AltertableOptions.SCAN_SPLIT_MAX_SIZE),
                SnapshotPolicy.parse(config.get(AltertableOptions.SCAN_SNAPSHOT)));
    }

    private static IllegalArgumentException invalid(ConfigOption<?> option, String problem) {
        return new IllegalArgumentException("Option '" + option.key() + "' " + problem);
    }
}
