package ai.altertable.flink.benchmarks;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.source.AltertableSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.jdbc.core.datastream.source.JdbcSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/** Where the rows come from: ours, what a user would otherwise take, and the limit. */
enum SourceContender implements Contender {

    /** Decoded from answers that lie in memory: decoder and engine, and nothing else. */
    DECODER("decoder alone, DataStream", From.NOTHING) {
        @Override
        void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception {
            DecodedAnswers.stream(flink, rows).sinkTo(new CountedRows());
            flink.execute();
        }
    },

    /** The same below a table. */
    DECODER_TABLE("decoder alone, SQL", From.NOTHING) {
        @Override
        void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception {
            StreamTableEnvironment tables = StreamTableEnvironment.create(flink);
            tables.createTemporaryView("lines", DecodedAnswers.stream(flink, rows));
            insert(tables);
        }
    },

    /** DataStream, from a server that keeps up. */
    OURS("ours, DataStream", From.MEMORY) {
        @Override
        void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception {
            read(flink, ours(url));
        }
    },

    /** SQL, from a server that keeps up. */
    OURS_TABLE("ours, SQL", From.MEMORY) {
        @Override
        void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception {
            readTable(flink, oursAsTable(url));
        }
    },

    /** DataStream, from altertable-local, which runs the queries. */
    OURS_LOCAL("ours, altertable-local", From.LAKEHOUSE) {
        @Override
        void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception {
            read(flink, ours(url));
        }
    },

    /** Flink's, with a cursor that streams and large fetches. */
    JDBC("JDBC, DataStream", From.POSTGRES) {
        @Override
        void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception {
            read(flink, jdbc(url));
        }
    },

    /** Flink's, with the same. */
    JDBC_TABLE("JDBC, SQL", From.POSTGRES) {
        @Override
        void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception {
            readTable(
                    flink,
                    "'connector' = 'jdbc', 'table-name' = 'lineitem', 'url' = '"
                            + url
                            + "', 'scan.auto-commit' = 'false', 'scan.fetch-size' = '"
                            + FETCHED_ROWS
                            + "'");
        }
    };

    /** Who has the rows. */
    enum From {
        NOTHING,
        MEMORY,
        LAKEHOUSE,
        POSTGRES
    }

    /** So that rows come by a cursor, and not all at once. */
    private static final int FETCHED_ROWS = 10_000;

    private final String title;
    private final From from;

    SourceContender(String title, From from) {
        this.title = title;
        this.from = from;
    }

    From from() {
        return from;
    }

    /** All rows of lineitem into {@link CountedRows}. */
    abstract void run(StreamExecutionEnvironment flink, String url, long rows) throws Exception;

    private static void read(StreamExecutionEnvironment flink, Source<RowData, ?, ?> source)
            throws Exception {
        flink.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .sinkTo(new CountedRows());
        flink.execute();
    }

    private static void readTable(StreamExecutionEnvironment flink, String options)
            throws Exception {
        StreamTableEnvironment tables = StreamTableEnvironment.create(flink);
        tables.executeSql("CREATE TABLE `lines` " + Lineitem.columns() + " WITH (" + options + ")");
        insert(tables);
    }

    private static void insert(StreamTableEnvironment tables) throws Exception {
        tables.executeSql(
                "CREATE TABLE target " + Lineitem.columns() + " WITH ('connector' = 'counted')");
        tables.executeSql("INSERT INTO target SELECT * FROM `lines`").await();
    }

    private static Source<RowData, ?, ?> ours(String url) {
        return AltertableSource.builder(RowData.class, Lineitem.TYPE)
                .set(AltertableOptions.URL, url)
                .set(AltertableOptions.USERNAME, "flink")
                .set(AltertableOptions.PASSWORD, "flink")
                .table("lake", "main", "lineitem")
                .build();
    }

    private static String oursAsTable(String url) {
        return "'connector' = 'altertable', 'catalog' = 'lake', 'table' = 'lineitem',"
                + " 'username' = 'flink', 'password' = 'flink', 'url' = '"
                + url
                + "'";
    }

    private static Source<RowData, ?, ?> jdbc(String url) {
        return JdbcSource.<RowData>builder()
                .setDriverName("org.postgresql.Driver")
                .setDBUrl(url)
                .setSql("SELECT * FROM lineitem")
                .setAutoCommit(false)
                .setResultSetFetchSize(FETCHED_ROWS)
                .setSplitReaderFetchBatchSize(FETCHED_ROWS)
                .setResultExtractor(SourceContender::row)
                .setTypeInformation(InternalTypeInfo.of(Lineitem.TYPE))
                .build();
    }

    private static RowData row(ResultSet result) throws SQLException {
        int arity = Lineitem.TYPE.getFieldCount();
        GenericRowData row = new GenericRowData(arity);
        for (int i = 0; i < arity; i++) {
            row.setField(i, value(result, i));
        }
        return row;
    }

    private static Object value(ResultSet result, int i) throws SQLException {
        return switch (Lineitem.TYPE.getTypeAt(i).getTypeRoot()) {
            case BIGINT -> (Object) result.getLong(i + 1);
            case INTEGER -> result.getInt(i + 1);
            case DECIMAL -> DecimalData.fromBigDecimal(result.getBigDecimal(i + 1), 15, 2);
            case DATE -> (int) result.getObject(i + 1, LocalDate.class).toEpochDay();
            default -> StringData.fromString(result.getString(i + 1));
        };
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean isOurs() {
        return name().startsWith("OURS");
    }
}
