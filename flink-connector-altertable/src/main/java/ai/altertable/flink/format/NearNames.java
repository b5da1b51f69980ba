package ai.altertable.flink.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The names that one who wrote another name may have meant. */
final class NearNames {

    private static final int MOST = 5;

    private NearNames() {}

    /** The nearest first; "and 7 more" behind them if they are many. */
    static String of(String name, Collection<String> names) {
        List<String> sorted =
                names.stream()
                        .distinct()
                        .sorted(
                                Comparator.comparingInt(
                                                (String other) ->
                                                        distance(
                                                                NameMatch.fold(name),
                                                                NameMatch.fold(other)))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        String near = sorted.stream().limit(MOST).collect(Collectors.joining(", "));
        return sorted.size() > MOST ? near + " and " + (sorted.size() - MOST) + " more" : near;
    }

    /** How many characters to insert, leave out or replace to make one of the other. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
