package ai.altertable.flink.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;

/**
 * One column of the file, a leaf of the row type. Values gather in plain arrays; a batch of rows
 * becomes one page, in loops over one column at a time, which is what makes it fast.
 *
 * <h2>Two threads</h2>
 *
 * <p>{@link #endBatch} puts the batch aside; then {@link #endPage} may run in another thread while
 * the next batch gathers. It has ended before the next batch does, and before the chunk does.
 *
 * <h2>Encoding</h2>
 *
 * <p>The first page of a chunk is encoded both ways, directly and by dictionary, and the smaller
 * one stays. A dictionary that grows too large ends: the pages behind are encoded directly.
 */
abstract class ParquetColumn {

    private record Page(int entries, Encoding encoding, StoredPage bytes) {}

    private enum Choice {
        OPEN,
        DICTIONARY,
        DIRECT
    }

    private final ParquetLeaf leaf;
    private Levels levels;

    /** Of the batch that was put aside. */
    private Levels aside;

    private final List<Page> pages = new ArrayList<>();
    private Choice choice = Choice.OPEN;
    private int dictionaryEntries;
    private long nulls;

    ParquetColumn(ParquetLeaf leaf) {
        this.leaf = leaf;
        this.levels = new Levels(leaf);
        this.aside = new Levels(leaf);
    }

    final ParquetLeaf leaf() {
        return leaf;
    }

    /** An entry without a value: the path to it is there up to the definition level. */
    final void addMissing(int repetition, int definition) {
        levels.addMissing(repetition, definition);
    }

    /** The levels of a value that was added. */
    final void addPresent(int repetition) {
        levels.addPresent(repetition);
    }

    /** How many bytes the batch would take as it is. */
    long batchSize() {
        return levels.inLists() ? 2L * levels.entries() : 0;
    }

    /** The same for each row; the rest of {@link #batchSize} depends on what is in it. */
    int fixedSize() {
        return 0;
    }

    /** Whether {@link #batchSize} says more than {@link #fixedSize}. */
    boolean isVariable() {
        return levels.inLists();
    }

    /** Drops what belongs to rows behind the first {@code rows} of the batch. */
    final void truncate(int rows) {
        levels.truncate(rows);
        truncateValues(levels.entries() - levels.missing());
    }

    /** Puts the batch aside and begins the next one. */
    final void endBatch() {
        Levels free = aside;
        aside = levels;
        levels = free;
        putAside();
        truncate(0);
    }

    /** Makes a page of the batch that was put aside. */
    final void endPage(PageStore store) {
        PageBytes out = store.scratch();
        out.truncate(0);
        aside.write(out);
        Encoding encoding = writeValues(out, store);
        pages.add(new Page(aside.entries(), encoding, store.store()));
        nulls += aside.missing();
    }

    private Encoding writeValues(PageBytes out, PageStore store) {
        int count = aside.entries() - aside.missing();
        if (count == 0) {
            return Encoding.PLAIN;
        }
        beforePage();
        int[] numbers = store.numbers(count + Levels.SLACK);
        if (choice == Choice.OPEN) {
            return writeShorter(count, numbers, out, store);
        }
        if (choice == Choice.DICTIONARY) {
            if (findEntries(numbers, Integer.MAX_VALUE)) {
                return writeNumbers(count, numbers, out);
            }
            choice = Choice.DIRECT;
        }
        return writeDirect(out);
    }

    private Encoding writeShorter(int count, int[] numbers, PageBytes out, PageStore store) {
        chooseDirect(store);
        int start = out.length();
        Encoding direct = writeDirect(out);
        int directEnd = out.length();
        choice = Choice.DIRECT;
        if (!findEntries(numbers, count / 2)) {
            return direct;
        }
        Encoding byDictionary = writeNumbers(count, numbers, out);
        int length = out.length() - directEnd;
        // The dictionary is there once, for all pages.
        int byDictionaryLength =
                store.compressedLength(directEnd, out.length()) + dictionaryBytes() / 8;
        if (byDictionaryLength >= store.compressedLength(start, directEnd)) {
            dictionaryEntries = 0;
            out.truncate(directEnd);
            return direct;
        }
        choice = Choice.DICTIONARY;
        System.arraycopy(out.array(), directEnd, out.array(), start, length);
        out.truncate(start + length);
        return byDictionary;
    }

    private Encoding writeNumbers(int count, int[] numbers, PageBytes out) {
        dictionaryEntries = entriesFound();
        int width = RunLengths.width(dictionaryEntries - 1);
        out.writeByte(width);
        RunLengths.write(numbers, count, width, out);
        return Encoding.RLE_DICTIONARY;
    }

    /** Writes the column's pages into the file and begins anew. */
    final ColumnChunk endChunk(ParquetFile file, PageStore store) throws IOException {
        Set<Encoding> encodings = EnumSet.of(Encoding.RLE);
        ColumnMetaData column = new ColumnMetaData();
        long start = file.position();
        // Sizes count the headers, which are never compressed.
        long saved = 0;
        if (dictionaryEntries > 0) {
            encodings.add(Encoding.PLAIN);
            column.setDictionary_page_offset(start);
            saved += writeDictionaryPage(file, store);
        }
        column.setData_page_offset(file.position());
        long allEntries = 0;
        for (Page page : pages) {
            encodings.add(page.encoding());
            allEntries += page.entries();
            saved += writePage(page, file);
        }
        long size = file.position() - start;
        column.setType(leaf.type())
                .setEncodings(List.copyOf(encodings))
                .setPath_in_schema(leaf.path())
                .setCodec(store.codec().parquetName())
                .setNum_values(allEntries)
                .setTotal_compressed_size(size)
                .setTotal_uncompressed_size(size + saved)
                .setStatistics(statistics().setNull_count(nulls));
        startChunk();
        return new ColumnChunk(start).setMeta_data(column);
    }

    private long writeDictionaryPage(ParquetFile file, PageStore store) throws IOException {
        store.scratch().truncate(0);
        writeDictionary(dictionaryEntries, store.scratch());
        StoredPage page = store.store();
        file.writePage(
                header(PageType.DICTIONARY_PAGE, page)
                        .setDictionary_page_header(
                                new DictionaryPageHeader(dictionaryEntries, Encoding.PLAIN)),
                page);
        return page.rawSize() - page.size();
    }

    private static long writePage(Page page, ParquetFile file) throws IOException {
        file.writePage(
                header(PageType.DATA_PAGE, page.bytes())
                        .setData_page_header(
                                new DataPageHeader(
                                        page.entries(),
                                        page.encoding(),
                                        Encoding.RLE,
                                        Encoding.RLE)),
                page.bytes());
        return page.bytes().rawSize() - page.bytes().size();
    }

    private static PageHeader header(PageType type, StoredPage page) {
        return new PageHeader(type, page.rawSize(), page.size());
    }

    /** Forgets the open chunk. */
    final void startChunk() {
        pages.clear();
        nulls = 0;
        choice = Choice.OPEN;
        dictionaryEntries = 0;
        truncate(0);
        clearForChunk();
    }

    /** Adds the value of an entry that was read back. */
    abstract void addStored(StoredColumn source);

    abstract void truncateValues(int count);

    /** The values that gathered are those of the next page; others gather elsewhere. */
    abstract void putAside();

    /** Called with the values of each page. */
    void beforePage() {}

    /** Finds out, from the first page of a chunk, how to write without a dictionary. */
    void chooseDirect(PageStore store) {}

    /** Without a dictionary. */
    abstract Encoding writeDirect(PageBytes out);

    /** The numbers of all values' entries, or false when there would be too many entries. */
    abstract boolean findEntries(int[] numbers, int limit);

    abstract int entriesFound();

    abstract int dictionaryBytes();

    abstract void writeDictionary(int count, PageBytes out);

    abstract void clearForChunk();

    /** The smallest and the largest value of the chunk, where the column keeps them. */
    abstract Statistics statistics();
}
