package ai.altertable.flink.format;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.PageType;

/** A column of a chunk, read back entry by entry; one page at a time is in memory. */
final class StoredColumn {

    private final ParquetLeaf leaf;
    private final StoredFile.Pages pages;
    private StoredValues dictionary;
    private StoredValues values;
    private int[] repetitions = {};
    private int[] definitions = {};

    /** The entry that is read, and the value that it has if it has one. */
    private int entry = -1;

    private int value = -1;

    StoredColumn(ParquetLeaf leaf, StoredFile.Pages pages) {
        this.leaf = leaf;
        this.pages = pages;
    }

    /** Goes to the next entry; false behind the last. */
    boolean next() throws IOException {
        while (++entry >= definitions.length) {
            StoredFile.Page page = pages.next();
            if (page == null) {
                return false;
            }
            open(page);
        }
        if (isPresent()) {
            value++;
        }
        return true;
    }

    private void open(StoredFile.Page page) {
        PageInput in = new PageInput(page.bytes());
        if (page.header().getType() == PageType.DICTIONARY_PAGE) {
            int count = page.header().getDictionary_page_header().getNum_values();
            dictionary = StoredValues.ofDictionary(leaf, count, in);
            return;
        }
        DataPageHeader header = page.header().getData_page_header();
        int entries = header.getNum_values();
        repetitions = levels(in, entries, leaf.repetitions());
        definitions = levels(in, entries, leaf.definitions());
        int present = (int) Arrays.stream(definitions).filter(d -> d == leaf.definitions()).count();
        values = StoredValues.of(leaf, header.getEncoding(), present, in, dictionary);
        entry = -1;
        value = -1;
    }

    private static int[] levels(PageInput in, int count, int largest) {
        if (largest == 0) {
            return new int[count];
        }
        in.skip(Integer.BYTES);
        return in.runLengths(count, RunLengths.width(largest));
    }

    /** 0 where a row begins. */
    int repetition() {
        return repetitions[entry];
    }

    int definition() {
        return definitions[entry];
    }

    boolean isPresent() {
        return definitions[entry] == leaf.definitions();
    }

    /** The value as a number; a floating one by its bits. */
    long number() {
        return values.number(value);
    }

    byte[] bytes() {
        return values.bytes(value);
    }
}
