package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {

    @Test
    void drawsABarForEachValueToScale() throws Exception {
        BarChart chart = new BarChart("Rows & seconds", "more is better");
        chart.add("ours", 1_000_000, true);
        chart.add("a <peer>", 250_000, false);
        chart.add("next to nothing", 1, false);

        Element svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        chart.svg().getBytes(StandardCharsets.UTF_8)))
                        .getDocumentElement();

        NodeList bars = svg.getElementsByTagName("rect");
        // The first one is the page.
        assertThat(bars.getLength()).isEqualTo(4);
        int ours = Integer.parseInt(((Element) bars.item(1)).getAttribute("width"));
        assertThat(((Element) bars.item(2)).getAttribute("width")).isEqualTo("" + (ours + 2) / 4);
        assertThat(((Element) bars.item(3)).getAttribute("width")).isEqualTo("1");
        assertThat(svg.getTextContent())
                .contains("Rows & seconds", "a <peer>", "1,000,000", "250,000");
    }
}
