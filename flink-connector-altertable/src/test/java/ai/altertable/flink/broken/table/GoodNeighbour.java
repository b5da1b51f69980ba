package ai.altertable.flink.broken.table;

import ai.altertable.flink.broken.client.KnowsRows;
import ai.altertable.flink.broken.sink.ImportsTheSource;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.types.Row;
import org.slf4j.Logger;

/** Imports downwards, public Flink and what is on the allow-list: no rule may report it. */
class GoodNeighbour {
    KnowsRows client;
    ImportsTheSource sink;
    MemorySize size;
    Row[] rows;
    SimpleVersionedSerializer<Row> serializer;
    Logger logger;
}
