package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import ai.altertable.flink.sink.StagedChunks.How;
import ai.altertable.flink.sink.StagedChunks.Merge;
import ai.altertable.flink.sink.StagedChunks.Table;
import ai.altertable.flink.sink.StagedChunks.TypedColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The bytes of {@link StagedChunks} in checkpoints: each version is read for ever. */
final class StagedChunksSerializer implements SimpleVersionedSerializer<StagedChunks> {

    static final StagedChunksSerializer INSTANCE = new StagedChunksSerializer();

    private static final int VERSION = 1;

    private StagedChunksSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(StagedChunks staged) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(staged.id().getMostSignificantBits());
            out.writeLong(staged.id().getLeastSignificantBits());
            write(out, staged.how().target());
            write(out, staged.how().ledger());
            writeAll(out, staged.how().columns(), DataOutputStream::writeUTF);
            writeAll(out, staged.how().merge().key(), StagedChunksSerializer::write);
            writeAll(out, staged.how().merge().cursor(), StagedChunksSerializer::write);
            out.writeUTF(staged.how().merge().deleteColumn());
            out.writeBoolean(staged.how().merge().wholeRows());
            writeAll(out, staged.tables(), StagedChunksSerializer::write);
        }
        return bytes.toByteArray();
    }

    @Override
    public StagedChunks deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "Staged rows of version "
                            + version
                            + " are in the state; this version of the connector reads version "
                            + VERSION
                            + ": take the version that wrote them, or a newer one");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            UUID id = new UUID(in.readLong(), in.readLong());
            TableId target = readTableId(in);
            TableId ledger = readTableId(in);
            List<String> columns = readAll(in, DataInput::readUTF);
            List<TypedColumn> key = readAll(in, StagedChunksSerializer::readColumn);
            List<TypedColumn> cursor = readAll(in, StagedChunksSerializer::readColumn);
            Merge merge = new Merge(key, cursor, in.readUTF(), in.readBoolean());
            return new StagedChunks(
                    id,
                    new How(target, ledger, columns, merge),
                    readAll(in, StagedChunksSerializer::readTable));
        }
    }

    private static void write(DataOutputStream out, TableId id) throws IOException {
        out.writeUTF(id.catalog());
        out.writeUTF(id.schema());
        out.writeUTF(id.table());
    }

    private static TableId readTableId(DataInput in) throws IOException {
        return new TableId(in.readUTF(), in.readUTF(), in.readUTF());
    }

    private static void write(DataOutputStream out, TypedColumn column) throws IOException {
        out.writeUTF(column.name());
        out.writeUTF(column.type());
    }

    private static TypedColumn readColumn(DataInput in) throws IOException {
        return new TypedColumn(in.readUTF(), in.readUTF());
    }

    private static void write(DataOutputStream out, Table table) throws IOException {
        out.writeUTF(table.name());
        out.writeInt(table.round());
        out.writeInt(table.rows());
    }

    private static Table readTable(DataInput in) throws IOException {
        return new Table(in.readUTF(), in.readInt(), in.readInt());
    }

    private interface Part<V> {
        void write(DataOutputStream out, V value) throws IOException;
    }

    private interface Reading<V> {
        V read(DataInput in) throws IOException;
    }

    private static <V> void writeAll(DataOutputStream out, List<V> values, Part<V> part)
            throws IOException {
        out.writeInt(values.size());
        for (V value : values) {
            part.write(out, value);
        }
    }

    private static <V> List<V> readAll(DataInput in, Reading<V> part) throws IOException {
        int count = in.readInt();
        List<V> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(part.read(in));
        }
        return values;
    }
}
