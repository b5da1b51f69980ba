package ai.altertable.flink.format;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.data.GenericMapData;

/** The entries of a map that is being read. No key comes twice. */
final class MapEntries {

    private final Map<Object, Object> entries = new LinkedHashMap<>();

    /** Keys that are bytes: to Java, arrays of the same bytes are not the same. */
    private Set<ByteBuffer> byteKeys;

    /** Whether the key is a new one. */
    boolean add(Object key, Object value) {
        int size = entries.size();
        if (key instanceof byte[] bytes && !isNew(bytes)) {
            return false;
        }
        entries.put(key, value);
        return entries.size() > size;
    }

    private boolean isNew(byte[] key) {
        byteKeys = byteKeys == null ? new HashSet<>() : byteKeys;
        return byteKeys.add(ByteBuffer.wrap(key));
    }

    GenericMapData toMapData() {
        return new GenericMapData(entries);
    }
}
