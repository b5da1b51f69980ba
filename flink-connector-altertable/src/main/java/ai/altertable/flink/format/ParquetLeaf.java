package ai.altertable.flink.format;

import java.util.List;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * A column as the file's schema declares it: its type, the names on the way to it, and how many
 * optional values and how many lists there are on that way.
 */
record ParquetLeaf(SchemaElement element, List<String> path, int definitions, int repetitions) {

    Type type() {
        return element.getType();
    }
}
