package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a lib/ into which others have put what we bundle, in old versions and under its own names.
 * They come first on the class path, so that whatever is not relocated is theirs.
 */
class NeighboursITCase {

    private static final Path NEIGHBOURS = Path.of("target", "neighbours");

    private static TestBed bed;

    @BeforeAll
    static void start(@TempDir Path first) throws Exception {
        List<Path> lib = new ArrayList<>(List.of(TestBed.CONNECTOR));
        try (Stream<Path> jars = Files.list(NEIGHBOURS)) {
            for (Path jar : jars.toList()) {
                lib.add(Files.copy(jar, first.resolve("a-" + jar.getFileName())));
            }
        }
        assertThat(lib).hasSizeGreaterThan(9);
        bed = TestBed.start("neighbours", FlinkVersion.NEWEST.home(), lib);
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void writesAndReads(String format) throws Exception {
        String table = "by_" + format;
        try (SqlGateway sql = bed.batch()) {
            bed.declare(
                    sql,
                    table,
                    "id BIGINT, price DECIMAL(20, 4), words STRING, placed TIMESTAMP(6), list"
                            + " ARRAY<STRING>, PRIMARY KEY (id) NOT ENFORCED",
                    "'sink.format' = '" + format + "'");
            bed.run(
                    sql,
                    "INSERT INTO "
                            + table
                            + " VALUES (1, 12.3456, 'äöü', TIMESTAMP '2026-11-21 10:00:00.123456',"
                            + " ARRAY['a', 'b']), (2, -0.0001, '', TIMESTAMP '1969-12-31 23:59:59',"
                            + " ARRAY['c'])");

            assertThat(
                            sql.rows(
                                    "SELECT id, CAST(price AS STRING), words, placed, list[1] FROM "
                                            + table))
                    .containsExactlyInAnyOrder(
                            List.of("1", "12.3456", "äöü", "2026-11-21T10:00:00.123456", "a"),
                            List.of("2", "-0.0001", "", "1969-12-31T23:59:59", "c"));
        }
    }
}
