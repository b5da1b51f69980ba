package ai.altertable.flink.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.altertable.flink.format.TypeMapping;
import ai.altertable.local.AltertableLocal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.flink.table.data.RowData;

/** The same rows of {@link Lineitem} in all places from which they are read. */
final class SourceServers implements AutoCloseable {

    private static final long SEED = 1;
    private static final String USER = "flink";

    private final AltertableLocal lakehouse;
    private final RememberingServer memory;
    private final Optional<Postgres> postgres;

    /**
     * @param postgres is closed as well
     */
    SourceServers(Optional<Postgres> postgres) throws IOException {
        this.postgres = postgres;
        lakehouse = AltertableLocal.builder().user(USER, USER).start();
        memory = new RememberingServer(lakehouse);
    }

    void load(long rows) throws IOException, InterruptedException {
        String columns = TypeMapping.ddl(Lineitem.TYPE);
        lakehouse.execute("CREATE TABLE lake.main.lineitem " + columns);
        try (TemporaryFolder folder = TemporaryFolder.create("lineitem")) {
            Path file = folder.resolve("lineitem.csv");
            write(file, rows);
            upload(file);
            if (postgres.isPresent()) {
                postgres.get().load(columns, file);
            }
        }
    }

    private void upload(Path file) throws IOException, InterruptedException {
        String user = USER + ":" + USER;
        HttpRequest request =
                HttpRequest.newBuilder(
                                lakehouse
                                        .url()
                                        .resolve(
                                                "/upload?catalog=lake&schema=main&table=lineitem"
                                                        + "&format=csv&mode=append"))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("The lakehouse does not take the rows: " + answer.body());
        }
    }

    /** As CSV, in which nothing has to be quoted. */
    private static void write(Path file, long rows) throws IOException {
        LineitemStream lines = new LineitemStream(SEED);
        try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
            out.write(String.join(",", Lineitem.TYPE.getFieldNames()) + "\n");
            for (long i = 0; i < rows; i++) {
                out.write(line(lines.next()));
            }
        }
    }

    private static String line(RowData row) {
        StringJoiner line = new StringJoiner(",", "", "\n");
        for (int i = 0; i < row.getArity(); i++) {
            line.add(
                    switch (Lineitem.TYPE.getTypeAt(i).getTypeRoot()) {
                        case BIGINT -> Long.toString(row.getLong(i));
                        case INTEGER -> Integer.toString(row.getInt(i));
                        case DECIMAL -> row.getDecimal(i, 15, 2).toString();
                        case DATE -> LocalDate.ofEpochDay(row.getInt(i)).toString();
                        default -> row.getString(i).toString();
                    });
        }
        return line.toString();
    }

    /** Where they are read; nothing if that is not there. */
    Optional<String> url(SourceContender.From from) {
        return switch (from) {
            case NOTHING -> Optional.of("");
            case MEMORY -> Optional.of(memory.url());
            case LAKEHOUSE -> Optional.of(lakehouse.url().toString());
            case POSTGRES -> postgres.map(Postgres::url);
        };
    }

    @Override
    public void close() throws IOException {
        memory.close();
        lakehouse.close();
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }
}
