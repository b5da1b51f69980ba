package ai.altertable.flink;

import ai.altertable.flink.table.AltertableTableFactory;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.util.TimeUtils;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * docs/options.md shows the options of the code. After a change to them: {@code ./mvnw -pl
 * flink-connector-altertable test -Dtest=OptionsDocTest -Ddocs.regenerate=true}
 */
class OptionsDocTest {

    @Test
    void showsTheOptionsOfTheCode() throws Exception {
        DocPage.of("options.md").checkMade("OptionsDocTest", table());
    }

    @Test
    void theFactoryTakesEveryOptionOfTheCode() throws Exception {
        AltertableTableFactory factory = new AltertableTableFactory();
        Assertions.assertThat(factory.optionalOptions()).containsAll(declared());
    }

    private static List<ConfigOption<?>> declared() throws IllegalAccessException {
        List<ConfigOption<?>> options = new ArrayList<>();
        for (Field field : AltertableOptions.class.getFields()) {
            options.add((ConfigOption<?>) field.get(null));
        }
        return options;
    }

    private static String table() throws IllegalAccessException, IOException {
        List<ConfigOption<?>> options = declared();
        options.add(FactoryUtil.SINK_PARALLELISM);
        options.add(FactoryUtil.SOURCE_PARALLELISM);
        return "| key | default | |\n|---|---|---|\n"
                + options.stream().map(OptionsDocTest::line).collect(Collectors.joining());
    }

    private static String line(ConfigOption<?> option) {
        return "| `"
                + option.key()
                + "`"
                + fallbackKeys(option)
                + " | "
                + text(option.defaultValue())
                + " | "
                + new HtmlFormatter().format(option.description()).replace("|", "\\|")
                + values(option)
                + " |\n";
    }

    private static String fallbackKeys(ConfigOption<?> option) {
        return StreamSupport.stream(option.fallbackKeys().spliterator(), false)
                .map(FallbackKey::getKey)
                .map(key -> " (`" + key + "`)")
                .collect(Collectors.joining());
    }

    private static String values(ConfigOption<?> option) {
        Object value = option.defaultValue();
        return value instanceof Enum<?> constant
                ? " One of "
                        + Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                                .map(OptionsDocTest::text)
                                .collect(Collectors.joining(", "))
                        + "."
                : "";
    }

    private static String text(Object value) {
        if (value == null) {
            return "–";
        }
        String text =
                value instanceof Duration duration
                        ? TimeUtils.formatWithHighestUnit(duration)
                        : value.toString();
        return "`" + (value instanceof Enum<?> ? text.toLowerCase(Locale.ROOT) : text) + "`";
    }
}
