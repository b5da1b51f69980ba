package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A DataStream job in a jar that holds nothing but the job. */
@ExtendWith(TestBeds.Extension.class)
class JarITCase {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void runsAJobWithTheConnectorOfTheCluster(FlinkVersion version, TestBeds beds)
            throws Exception {
        TestBed bed = beds.of(version);
        LakehouseProcess lakehouse = bed.lakehouse();
        lakehouse.execute(
                "CREATE TABLE lake.main.items AS SELECT i AS id, 'item ' || i AS name FROM"
                        + " range(10000) AS r (i)");

        String job =
                bed.rest()
                        .run(
                                jar(),
                                CopyJob.class.getName(),
                                List.of(
                                        lakehouse.url().toString(),
                                        LakehouseProcess.USER,
                                        "items",
                                        "copied"));

        bed.rest().awaitFinished(job);
        assertThat(
                        lakehouse.row(
                                "SELECT count(*), count(DISTINCT id), bool_and(name = 'ITEM ' ||"
                                        + " id) FROM lake.main.copied"))
                .isEqualTo("[10000,10000,true]");
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("copy-job.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : List.of(CopyJob.class, CopyJob.Item.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }
}
