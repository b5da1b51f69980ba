package ai.altertable.flink.sink;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Takes the keys of a chunk that are to be deleted, or marked. */
interface DeletedKeys {

    /** Refuses a row whose key cannot be told in this way. */
    void check(RowData row);

    /** Adds a key that {@link KeyColumns} wrote. */
    void add(ByteBuffer key);

    /** The statements that are to run beside the rows of the chunk, since the last call. */
    List<String> take();
}
