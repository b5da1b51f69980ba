package ai.altertable.flink.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** The Parquet file in a chunk, read back. It is one of {@link ParquetEncoder}'s: no others. */
final class StoredFile {

    private static final int MAGIC = 4;

    /** Longer than the header of a page, which holds a few numbers. */
    private static final int HEADER = 256;

    /** A page as it was before it was compressed. */
    record Page(PageHeader header, byte[] bytes) {}

    private final Chunk chunk;
    private final ParquetCodec.Decompressor decompressor;
    private final List<ColumnChunk> columns;

    StoredFile(Chunk chunk, ParquetCodec codec) throws IOException {
        this.chunk = chunk;
        this.decompressor = codec.openToRead();
        long end = chunk.sizeInBytes() - MAGIC - Integer.BYTES;
        int length = new PageInput(chunk.bytes(end, Integer.BYTES)).readInt();
        FileMetaData footer =
                Util.readFileMetaData(new ByteArrayInputStream(chunk.bytes(end - length, length)));
        this.columns = footer.getRow_groups().get(0).getColumns();
    }

    /** The column with this number, from its first entry on. */
    StoredColumn column(int number, ParquetLeaf leaf) {
        return new StoredColumn(leaf, new Pages(columns.get(number)));
    }

    /** The pages of a column, one after the other; the dictionary, if there is one, is first. */
    final class Pages {

        private final long end;
        private long position;

        private Pages(ColumnChunk column) {
            var data = column.getMeta_data();
            position =
                    data.isSetDictionary_page_offset()
                            ? data.getDictionary_page_offset()
                            : data.getData_page_offset();
            end = position + data.getTotal_compressed_size();
        }

        /** Null behind the last one. */
        Page next() throws IOException {
            if (position == end) {
                return null;
            }
            int room = (int) Math.min(HEADER, end - position);
            var in = new ByteArrayInputStream(chunk.bytes(position, room));
            PageHeader header = Util.readPageHeader(in);
            int size = header.getCompressed_page_size();
            byte[] stored = chunk.bytes(position + room - in.available(), size);
            position += room - in.available() + size;
            return new Page(
                    header, decompressor.decompress(stored, header.getUncompressed_page_size()));
        }
    }
}
