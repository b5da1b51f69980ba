package ai.altertable.flink.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.util.Random;

/** Orders as a shop would send them, the same in every run. */
final class Orders {

    static final int COUNT = 100_000;

    private static final int PER_FILE = 20_000;
    private static final String[] COUNTRIES = {"DE", "FR", "IT", "ES", "PL", "NL", "SE"};
    private static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS lake.main.orders (
                id BIGINT,
                country VARCHAR,
                amount DECIMAL(12, 2),
                ordered_at TIMESTAMP)\
            """;

    private Orders() {}

    /** Makes the table and uploads the orders, a file at a time. */
    static void load(Api api, PrintStream out) throws IOException, InterruptedException {
        api.query(TABLE);
        Random random = new Random(15000);
        for (int from = 0; from < COUNT; from += PER_FILE) {
            api.upload("catalog=lake&schema=main&table=orders&mode=append", file(random, from));
            out.printf("  %,d of %,d orders are in%n", from + PER_FILE, COUNT);
        }
    }

    /** JSON lines. Amounts are quoted: a number would pass through a double on its way. */
    private static String file(Random random, int from) {
        LocalDateTime noon = LocalDateTime.of(2026, 1, 1, 12, 0);
        StringBuilder lines = new StringBuilder();
        for (int id = from; id < from + PER_FILE; id++) {
            lines.append("{\"id\":").append(id);
            lines.append(",\"country\":\"").append(COUNTRIES[random.nextInt(COUNTRIES.length)]);
            lines.append("\",\"amount\":\"").append(random.nextInt(1, 500));
            lines.append('.').append(random.nextInt(10, 100));
            lines.append("\",\"ordered_at\":\"");
            lines.append(noon.plusSeconds((long) (random.nextGaussian() * 12_000) + id));
            lines.append("\"}\n");
        }
        return lines.toString();
    }
}
