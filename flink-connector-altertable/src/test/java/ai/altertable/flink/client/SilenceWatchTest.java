package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTime time = new FakeTime();
    private int ended;
    private final SilenceWatch watch = new SilenceWatch(time, LIMIT, () -> ended++);

    @Test
    void endsAWaitThatLastsForTheLimitAndNotBefore() {
        time.pass(MINUTE);
        watch.waits();
        Duration begin = time.passed();

        while (ended == 0) {
            time.runNext();
        }

        assertThat(time.passed().minus(begin)).isBetween(LIMIT, LIMIT.plusMillis(1));
        assertThat(watch.foundSilence()).isTrue();
        assertThat(time.waiting()).as("looks to come").isZero();
    }

    @Test
    void doesNotMindThatNobodyReads() {
        for (int i = 0; i < 100; i++) {
            time.runNext();
        }

        assertThat(ended).isZero();
        assertThat(watch.foundSilence()).isFalse();
    }

    @Test
    void beginsAnewWithEachWait() {
        for (int i = 0; i < 100; i++) {
            watch.waits();
            time.pass(LIMIT.minus(MINUTE));
            watch.waitsNoMore();
        }
        watch.waits();
        time.runNext();

        assertThat(ended).isZero();
    }

    @Test
    void looksNoMoreOnceItIsOver() {
        watch.waits();
        watch.end();

        assertThat(time.waiting()).isZero();
    }
}
