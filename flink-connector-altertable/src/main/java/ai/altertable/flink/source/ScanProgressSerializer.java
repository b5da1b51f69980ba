package ai.altertable.flink.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes what all splits have in common once: select lists are long, splits may be thousands. */
final class ScanProgressSerializer implements SimpleVersionedSerializer<ScanProgress> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ScanProgress progress) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(progress.planned());
        out.writeInt(progress.pending().size());
        if (!progress.pending().isEmpty()) {
            StateBytes.write(out, progress.pending().get(0).template());
        }
        for (QuerySplit split : progress.pending()) {
            StateBytes.writePart(out, split);
        }
        return bytes.toByteArray();
    }

    @Override
    public ScanProgress deserialize(int version, byte[] serialized) throws IOException {
        StateBytes.checkVersion(version, VERSION);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        boolean planned = in.readBoolean();
        int count = in.readInt();
        SplitTemplate template = count == 0 ? null : StateBytes.readTemplate(in);
        List<QuerySplit> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.add(StateBytes.readPart(in, template));
        }
        return new ScanProgress(planned, pending);
    }
}
