package ai.altertable.flink.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The connector as another build of it, to upgrade from. */
final class OtherBuild {

    private static final String VERSION = "0.0.9";

    private static final String VERSION_FILE = "ai/altertable/flink/version.properties";

    private OtherBuild() {}

    /** A released one if there is one; else the one under test under another name and version. */
    static Path previous(Path folder) throws IOException {
        String released = System.getProperty("previous.connector");
        if (released != null && !released.isEmpty()) {
            // Two builds of a snapshot have one name.
            Path renamed = folder.resolve("flink-sql-connector-altertable-previous.jar");
            return Files.copy(Path.of(released), renamed, StandardCopyOption.REPLACE_EXISTING);
        }
        Path jar = folder.resolve("flink-sql-connector-altertable-" + VERSION + ".jar");
        try (JarFile now = new JarFile(TestBed.CONNECTOR.toFile());
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest())) {
            for (JarEntry entry : Collections.list(now.entries())) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    copy(now, entry, out);
                }
            }
        }
        return jar;
    }

    /** What the connector in a jar calls itself. */
    static String version(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry(VERSION_FILE))) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, VERSION);
        return manifest;
    }

    private static void copy(JarFile from, JarEntry entry, JarOutputStream out) throws IOException {
        out.putNextEntry(new JarEntry(entry.getName()));
        if (entry.getName().equals(VERSION_FILE)) {
            out.write(("version=" + VERSION + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
            try (InputStream in = from.getInputStream(entry)) {
                in.transferTo(out);
            }
        }
        out.closeEntry();
    }
}
