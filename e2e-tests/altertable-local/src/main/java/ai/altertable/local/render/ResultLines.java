package ai.altertable.local.render;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/**
 * A result of DuckDB as JSON lines: the columns, then a line a row.
 *
 * <p>DuckDB computes a batch when it is asked for one, and the next is asked for when the client
 * has taken the bytes of the last: a slow reader holds the query back, and memory stays flat.
 */
public final class ResultLines implements AutoCloseable {

    private static final Pattern NATIVE_ERROR =
            Pattern.compile("CDataJniException\\{errno=-?\\d+, message=(.*)}\\z", Pattern.DOTALL);

    private static final int ROWS_PER_BATCH = 8192;
    private static final int BYTES_PER_WRITE = 64 * 1024;

    /** Which rows of a result are wanted. */
    public record Window(long offset, long limit) {
        public static final Window ALL = new Window(0, Long.MAX_VALUE);
    }

    /** Looks at the number of rows sent so far, before each row; it may throw to stop there. */
    @FunctionalInterface
    public interface RowWatch {
        void beforeRow(long rowsSent) throws IOException, SQLException;
    }

    private final List<String> names;
    private final List<String> types;
    private final ArrowReader reader;
    private final JsonBuffer buffer = new JsonBuffer();
    private CellWriter[] cells;
    private long rowsSent;

    /** Reads a result; {@code allocator} holds one batch of it at a time. */
    public ResultLines(DuckDBResultSet result, List<String> types, BufferAllocator allocator)
            throws SQLException {
        this.types = types;
        this.names = names(result.getMetaData());
        this.reader = (ArrowReader) result.arrowExportStream(allocator, ROWS_PER_BATCH);
    }

    private static List<String> names(ResultSetMetaData metadata) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            names.add(metadata.getColumnName(i));
        }
        return names;
    }

    public long rowsSent() {
        return rowsSent;
    }

    /** Computes the first batch, so that what fails at once fails before anything is sent. */
    public boolean advance() throws SQLException {
        boolean more = loadNextBatch();
        if (more && cells == null) {
            bind(root());
        }
        return more;
    }

    /** Only DuckDB can fail here, so its words are all that is kept. */
    private boolean loadNextBatch() throws SQLException {
        try {
            return reader.loadNextBatch();
        } catch (IOException e) {
            Matcher words = NATIVE_ERROR.matcher(String.valueOf(e.getMessage()));
            throw new SQLException(words.find() ? words.group(1) : e.getMessage(), e);
        }
    }

    private VectorSchemaRoot root() throws SQLException {
        try {
            return reader.getVectorSchemaRoot();
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private void bind(VectorSchemaRoot root) {
        CellWriters writers = new CellWriters(reader);
        List<FieldVector> vectors = root.getFieldVectors();
        cells = new CellWriter[vectors.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = writers.column(vectors.get(i), types.get(i));
        }
    }

    /** Writes the line of columns. */
    public void writeColumns(OutputStream out) throws IOException {
        buffer.put('[');
        for (int i = 0; i < names.size(); i++) {
            buffer.putPlain(i == 0 ? "{\"name\":" : ",{\"name\":");
            buffer.putString(names.get(i));
            buffer.putPlain(",\"type\":");
            buffer.putString(types.get(i));
            buffer.put('}');
        }
        buffer.putPlain("]\n");
        buffer.drainTo(out);
    }

    /** Writes the rows of the current batch and of those behind it. */
    public void writeRows(OutputStream out, Window window, RowWatch watch)
            throws IOException, SQLException {
        long row = 0;
        do {
            int rows = root().getRowCount();
            for (int i = 0; i < rows; i++, row++) {
                if (row < window.offset()) {
                    continue;
                }
                if (rowsSent >= window.limit()) {
                    drain(out);
                    return;
                }
                beforeRow(out, watch);
                writeRow(out, i);
                rowsSent++;
                if (buffer.size() >= BYTES_PER_WRITE) {
                    buffer.drainTo(out);
                }
            }
            drain(out);
        } while (rowsSent < window.limit() && advance());
    }

    private void beforeRow(OutputStream out, RowWatch watch) throws IOException, SQLException {
        try {
            watch.beforeRow(rowsSent);
        } catch (IOException | SQLException e) {
            drain(out);
            throw e;
        }
    }

    private void writeRow(OutputStream out, int row) throws IOException {
        int start = buffer.size();
        try {
            for (int i = 0; i < cells.length; i++) {
                buffer.put(i == 0 ? '[' : ',');
                cells[i].write(buffer, row);
            }
            buffer.putPlain("]\n");
        } catch (RenderException e) {
            buffer.truncate(start);
            drain(out);
            throw e;
        }
    }

    private void drain(OutputStream out) throws IOException {
        buffer.drainTo(out);
        out.flush();
    }

    @Override
    public void close() throws SQLException {
        try {
            reader.close();
        } catch (IOException e) {
            throw new SQLException("the result did not close", e);
        }
    }
}
