package ai.altertable.flink.sink;

import ai.altertable.flink.format.Chunk;
import java.util.BitSet;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** What can be done with rows that are encoded already. */
interface Splitting {

    /** The rows of a chunk of at least two, in their order, in two chunks. */
    List<Chunk> halves(Chunk chunk);

    /** The rows of a chunk without some. */
    Chunk without(Chunk chunk, BitSet rows);

    /** The only row of a chunk as JSON. */
    String json(Chunk chunk);

    /** A row as JSON, as far as it can be said in JSON. */
    String json(RowData row);
}
