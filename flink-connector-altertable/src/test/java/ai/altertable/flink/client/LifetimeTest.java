package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifetimeTest {

    private final Lifetime lifetime = new Lifetime();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void endsOnceWhatIsStillAlive() {
        Runnable forgotten = () -> ended.addAndGet(100);
        lifetime.atEnd(forgotten);
        lifetime.atEnd(ended::incrementAndGet);
        lifetime.forget(forgotten);

        lifetime.end();
        lifetime.end();

        assertThat(ended).hasValue(1);
        assertThat(lifetime.isOver()).isTrue();
    }

    @Test
    void endsAtOnceWhatComesTooLate() {
        lifetime.end();
        lifetime.atEnd(ended::incrementAndGet);

        assertThat(ended).hasValue(1);
    }
}
