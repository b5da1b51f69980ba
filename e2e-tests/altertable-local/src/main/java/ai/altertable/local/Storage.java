package ai.altertable.local;

import java.util.Locale;

/** What keeps the tables of the lakehouse. */
public enum Storage {
    /** DuckDB's own tables: nothing to install, no snapshots. */
    DUCKDB,
    /** DuckLake, as the real service has it: Parquet files under a transactional catalog. */
    DUCKLAKE;

    /** The storage that {@code --storage} names. */
    public static Storage ofFlag(String flag) {
        for (Storage storage : values()) {
            if (storage.flag().equals(flag.toLowerCase(Locale.ROOT))) {
                return storage;
            }
        }
        throw new IllegalArgumentException(
                "--storage takes duckdb or ducklake, not '" + flag + "'");
    }

    public String flag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the files end that hold a catalog each, in a data folder. */
    public String suffix() {
        return "." + flag();
    }
}
