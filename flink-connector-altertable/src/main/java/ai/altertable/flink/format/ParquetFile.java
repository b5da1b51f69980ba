package ai.altertable.flink.format;

import ai.altertable.flink.format.ChunkBuffer.Block;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * The file that a chunk becomes, put together from pieces of the chunk's memory: pages are referred
 * to where they lie, headers and the footer are copied behind them.
 */
final class ParquetFile {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;

    private final PageStore store;
    private final List<Block> pieces = new ArrayList<>();
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private long position;

    ParquetFile(PageStore store) {
        this.store = store;
        copy(MAGIC);
    }

    long position() {
        return position;
    }

    List<Block> pieces() {
        return pieces;
    }

    void writePage(PageHeader pageHeader, StoredPage page) throws IOException {
        Util.writePageHeader(pageHeader, header);
        copyHeader();
        pieces.addAll(page.pieces());
        position += page.size();
    }

    /** The one row group's columns, none when there are no rows. */
    void writeFooter(List<SchemaElement> schema, List<ColumnChunk> columns, int rows)
            throws IOException {
        List<RowGroup> groups = columns.isEmpty() ? List.of() : List.of(rowGroup(columns, rows));
        FileMetaData footer = new FileMetaData(VERSION, schema, rows, groups);
        footer.setCreated_by("flink-connector-altertable");
        // Says that statistics compare as the type does.
        for (SchemaElement element : schema) {
            if (element.isSetType()) {
                footer.addToColumn_orders(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
            }
        }
        Util.writeFileMetaData(footer, header);
        int length = header.size();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            header.write(length >>> shift);
        }
        copyHeader();
        copy(MAGIC);
    }

    private static RowGroup rowGroup(List<ColumnChunk> columns, int rows) {
        long rawSize = 0;
        long size = 0;
        for (ColumnChunk column : columns) {
            rawSize += column.getMeta_data().getTotal_uncompressed_size();
            size += column.getMeta_data().getTotal_compressed_size();
        }
        return new RowGroup(columns, rawSize, rows)
                .setTotal_compressed_size(size)
                .setFile_offset(columns.get(0).getFile_offset())
                .setOrdinal((short) 0);
    }

    private void copyHeader() {
        copy(header.toByteArray());
        header.reset();
    }

    private void copy(byte[] bytes) {
        pieces.addAll(store.append(bytes, bytes.length));
        position += bytes.length;
    }
}
