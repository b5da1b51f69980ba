package ai.altertable.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A jar that carries other people's code, beside the list of what the build put into it: one line
 * {@code - group:artifact:version (licence)} for each artifact, the same line its NOTICE must hold.
 */
public record BundledJar(Path jar, Path bundled) {

    private static final Pattern LINE = Pattern.compile("- ([^:]+):[^:]+:\\S+ \\((.+)\\)");

    /** The module's jar and the list that license-maven-plugin left beside it. */
    public static BundledJar inTarget(String jarName) {
        return new BundledJar(Path.of("target", jarName), Path.of("target", "bundled.txt"));
    }

    /** Bundled and not named in NOTICE with this version and licence. */
    Set<String> missingInNotice() throws IOException {
        return minus(bundledLines(), noticeLines());
    }

    /** Named in NOTICE and not bundled. */
    Set<String> staleInNotice() throws IOException {
        return minus(noticeLines(), bundledLines());
    }

    /**
     * Licence texts that the jar owes and lacks. Apache-2.0 is one text for all; the others hold a
     * copyright line, so there is one file for each group.
     */
    Set<String> missingLicenceTexts() throws IOException {
        Set<String> owed = new TreeSet<>();
        for (String line : bundledLines()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalStateException("Not a line of " + bundled + ": " + line);
            }
            String text = matcher.group(2).contains("Apache-2.0") ? "Apache-2.0" : matcher.group(1);
            owed.add("META-INF/licenses/" + text + ".txt");
        }
        return minus(owed, entries());
    }

    /** Files whose path starts with none of the prefixes. */
    public List<String> entriesOutside(List<String> prefixes) throws IOException {
        return entries().stream()
                .filter(entry -> prefixes.stream().noneMatch(entry::startsWith))
                .toList();
    }

    /** Leftovers that break a merged jar: signatures of other jars, module descriptors. */
    List<String> leftovers() throws IOException {
        return entries().stream()
                .filter(
                        entry ->
                                entry.endsWith("module-info.class")
                                        || entry.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"))
                .toList();
    }

    /**
     * Lines of service files that name no class of the jar; the loader fails where it meets one.
     */
    public List<String> servicesWithoutClass() throws IOException {
        Set<String> entries = entries();
        List<String> missing = new ArrayList<>();
        for (String entry : entries) {
            if (entry.startsWith("META-INF/services/")) {
                text(entry)
                        .lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .filter(line -> !entries.contains(line.replace('.', '/') + ".class"))
                        .forEach(line -> missing.add(entry + ": " + line));
            }
        }
        return missing;
    }

    /** Names that more than one file has: which one is found is a matter of luck. */
    List<String> duplicates() throws IOException {
        Set<String> seen = new TreeSet<>();
        List<String> duplicates = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && !seen.add(entry.getName())) {
                    duplicates.add(entry.getName());
                }
            }
        }
        return duplicates;
    }

    /** The text of a file in the jar; empty when there is none. */
    public String text(String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry found = zip.getEntry(entry);
            if (found == null) {
                return "";
            }
            try (InputStream in = zip.getInputStream(found)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    long size() throws IOException {
        return Files.size(jar);
    }

    private Set<String> entries() throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return new TreeSet<>(
                    zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getName)
                            .toList());
        }
    }

    private Set<String> bundledLines() throws IOException {
        return artifactLines(Files.readString(bundled));
    }

    private Set<String> noticeLines() throws IOException {
        return artifactLines(text("META-INF/NOTICE"));
    }

    private static Set<String> artifactLines(String text) {
        Stream<String> lines = text.lines().map(String::strip);
        return new TreeSet<>(lines.filter(line -> line.startsWith("- ")).toList());
    }

    private static Set<String> minus(Collection<String> all, Collection<String> known) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(known);
        return rest;
    }
}
