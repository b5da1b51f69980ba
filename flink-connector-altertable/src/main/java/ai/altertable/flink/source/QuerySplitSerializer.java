package ai.altertable.flink.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A split on its way to a reader and in the reader's state. */
final class QuerySplitSerializer implements SimpleVersionedSerializer<QuerySplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(QuerySplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        StateBytes.write(out, split.template());
        StateBytes.writePart(out, split);
        return bytes.toByteArray();
    }

    @Override
    public QuerySplit deserialize(int version, byte[] serialized) throws IOException {
        StateBytes.checkVersion(version, VERSION);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        return StateBytes.readPart(in, StateBytes.readTemplate(in));
    }
}
