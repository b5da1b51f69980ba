package ai.altertable.flink.broken.client;

import org.apache.flink.types.Row;

public class KnowsRows {
    Row row;
}
