package ai.altertable.flink.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How splits are written into checkpoints, whoever writes them. Changing it is a new version. */
final class StateBytes {

    private StateBytes() {}

    static void checkVersion(int version, int newest) throws IOException {
        if (version < 1 || version > newest) {
            throw new IOException(
                    "The state was written by a newer connector, in version "
                            + version
                            + "; this one reads up to "
                            + newest);
        }
    }

    static void write(DataOutputStream out, SplitTemplate template) throws IOException {
        write(out, template.before());
        write(out, template.after());
        out.writeLong(template.snapshot());
    }

    static SplitTemplate readTemplate(DataInputStream in) throws IOException {
        return new SplitTemplate(readText(in), readText(in), in.readLong());
    }

    /** All of the split but its template. */
    static void writePart(DataOutputStream out, QuerySplit split) throws IOException {
        write(out, split.splitId());
        write(out, split.condition());
        out.writeLong(split.estimatedRows());
    }

    static QuerySplit readPart(DataInputStream in, SplitTemplate template) throws IOException {
        return new QuerySplit(readText(in), template, readText(in), in.readLong());
    }

    /** {@link DataOutputStream#writeUTF} ends at 64 kB, which a wide table's columns exceed. */
    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), UTF_8);
    }
}
