package ai.altertable.flink.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars as an SVG picture that reads on light and on dark pages. */
final class BarChart {

    private static final int NAMES = 210;
    private static final int BARS = 430;
    private static final int NUMBERS = 120;
    private static final int HEAD = 64;
    private static final int STEP = 34;
    private static final int THICKNESS = 20;

    /**
     * @param isOurs stands out
     */
    private record Bar(String name, double value, boolean isOurs) {}

    private final String title;
    private final String about;
    private final List<Bar> bars = new ArrayList<>();

    /**
     * @param about what the numbers are, and where they come from
     */
    BarChart(String title, String about) {
        this.title = title;
        this.about = about;
    }

    void add(String name, double value, boolean isOurs) {
        bars.add(new Bar(name, value, isOurs));
    }

    String svg() {
        double largest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        int width = NAMES + BARS + NUMBERS;
        int height = HEAD + STEP * bars.size();
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                        + " height=\"%d\" role=\"img\">",
                width,
                height,
                width,
                height);
        line(svg, "<title>%s</title>", escaped(title));
        line(
                svg,
                "<style>text{font:14px system-ui,sans-serif;fill:#1f2933}.head{font-weight:600}"
                        + ".about{font-size:12px;fill:#52606d}.bar{fill:#9aa5b1}.ours{fill:#0f766e}"
                        + ".page{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#e4e7eb}"
                        + ".about{fill:#9aa5b1}.bar{fill:#616e7c}.ours{fill:#2dd4bf}"
                        + ".page{fill:#0d1117}}</style>");
        line(svg, "<rect class=\"page\" width=\"%d\" height=\"%d\"/>", width, height);
        line(svg, "<text class=\"head\" x=\"16\" y=\"24\">%s</text>", escaped(title));
        line(svg, "<text class=\"about\" x=\"16\" y=\"44\">%s</text>", escaped(about));
        for (int i = 0; i < bars.size(); i++) {
            put(svg, bars.get(i), HEAD + STEP * i, BARS / largest);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void put(StringBuilder svg, Bar bar, int y, double scale) {
        int length = (int) Math.max(1, Math.round(bar.value() * scale));
        int text = y + THICKNESS - 5;
        line(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                NAMES - 10,
                text,
                escaped(bar.name()));
        line(
                svg,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>",
                bar.isOurs() ? "ours" : "bar",
                NAMES,
                y,
                length,
                THICKNESS);
        line(svg, "<text x=\"%d\" y=\"%d\">%,.0f</text>", NAMES + length + 8, text, bar.value());
    }

    private static void line(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
