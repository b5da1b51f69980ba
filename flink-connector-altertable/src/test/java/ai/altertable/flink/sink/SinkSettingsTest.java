package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.DeleteMode;
import ai.altertable.flink.ErrorMode;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.WriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkSettingsTest {

    private static final List<String> NO_KEY = List.of();
    private static final List<String> KEY = List.of("region", "id");

    /**
     * @param options {@code key=value}, separated by semicolons
     */
    private static SinkSettings settings(String options, List<String> key) {
        Map<String, String> all =
                Stream.concat(
                                Stream.of(
                                        "catalog=lake", "table=orders", "username=u", "password=p"),
                                Stream.of(options.split(";")).filter(option -> !option.isBlank()))
                        .map(String::strip)
                        .collect(
                                Collectors.toMap(
                                        option -> option.substring(0, option.indexOf('=')),
                                        option -> option.substring(option.indexOf('=') + 1)));
        return SinkSettings.from(Configuration.fromMap(all), key);
    }

    @Test
    void areWhatTheDocumentationSaysByDefault() {
        SinkSettings settings = settings("", NO_KEY);

        assertThat(settings.table()).hasToString("lake.main.orders");
        assertThat(settings.writing())
                .isEqualTo(
                        new SinkSettings.Writing(
                                WriteMode.APPEND,
                                ChunkFormat.PARQUET,
                                false,
                                Duration.ofMinutes(5)));
        assertThat(settings.buffering())
                .isEqualTo(
                        new SinkSettings.Buffering(
                                500_000, MemorySize.ofMebiBytes(64), Duration.ofSeconds(10), 2));
        assertThat(settings.upserting())
                .isEqualTo(
                        new SinkSettings.Upserting(
                                NO_KEY, UpsertEndpoint.AUTO, "", DeleteMode.HARD, ""));
        assertThat(settings.onError()).isEqualTo(new SinkSettings.OnError(ErrorMode.FAIL, ""));
    }

    @Test
    void upsertWhereThereIsAKeyUnlessToldOtherwise() {
        assertThat(settings("", KEY).upserts()).isTrue();
        assertThat(settings("sink.write-mode=append", KEY).upserts()).isFalse();
        assertThat(settings("sink.write-mode=upsert", KEY).upserting().key()).isEqualTo(KEY);
    }

    @Test
    void knowTheKeysOfFlinksAsyncSink() {
        SinkSettings.Buffering buffering =
                settings(
                                "sink.batch.max-size=7;sink.flush-buffer.size=8;"
                                        + "sink.flush-buffer.timeout=9;"
                                        + "sink.requests.max-inflight=10",
                                NO_KEY)
                        .buffering();

        assertThat(buffering)
                .isEqualTo(
                        new SinkSettings.Buffering(7, new MemorySize(8), Duration.ofMillis(9), 10));
    }

    @ParameterizedTest
    @CsvSource({
        "sink.buffer-flush.max-rows=0, at least 1",
        "sink.buffer-flush.max-size=0 b, at least one byte",
        "sink.buffer-flush.interval=0 ms, at least 1 ms",
        "sink.requests.max-inflight=0, at least 1",
        "sink.write-mode=upsert, PRIMARY KEY",
        "sink.cursor-field=ts, primary key",
        "sink.delete-mode=soft;sink.delete-column=gone, primary key",
        "sink.dead-letter-table=dead, sink.on-error",
        "sink.staging-schema=s, exactly-once",
        "sink.staging-ttl=1 d, exactly-once",
        "sink.delivery-guarantee=none, exactly-once"
    })
    void nameTheOptionThatIsWrongForAnAppend(String options, String why) {
        String key = options.substring(0, options.indexOf('='));
        assertThatThrownBy(() -> settings(options, NO_KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option '" + key)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "sink.delete-mode=soft, sink.delete-column",
        "sink.delete-column=gone, sink.delete-mode",
        "sink.on-error=dead-letter, sink.dead-letter-table",
        "sink.on-error=skip;sink.delivery-guarantee=exactly-once, 'sink.on-error'",
        "sink.format=jsonl;sink.delivery-guarantee=exactly-once, 'sink.format'",
        "sink.delivery-guarantee=exactly-once;sink.staging-ttl=1 min, 'sink.staging-ttl'"
    })
    void nameWhatDoesNotGoTogetherForAnUpsert(String options, String named) {
        assertThatThrownBy(() -> settings(options, KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void showNoSecret() {
        Configuration secret =
                Configuration.fromMap(
                        Map.of("catalog", "c", "table", "t", "username", "u", "password", "hush"));
        assertThat(SinkSettings.from(secret, NO_KEY).toString()).doesNotContain("hush");
    }
}
