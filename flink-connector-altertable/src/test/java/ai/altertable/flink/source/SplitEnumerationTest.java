package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SplitEnumerationTest {

    private final TestingSplitEnumeratorContext<QuerySplit> context =
            new TestingSplitEnumeratorContext<>(3);
    private final ScriptedPlanning planning = new ScriptedPlanning();

    /** Plans what it was told to, and counts. */
    private static final class ScriptedPlanning implements SplitEnumeration.Planning {

        private List<QuerySplit> splits = splits(4);
        private IOException failure;
        private int calls;
        private boolean closed;

        @Override
        public List<QuerySplit> call() throws IOException {
            calls++;
            if (failure != null) {
                throw failure;
            }
            return splits;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static List<QuerySplit> splits(int count) {
        SplitTemplate template = new SplitTemplate("SELECT 1 WHERE (", ")", 3);
        return IntStream.range(0, count)
                .mapToObj(i -> new QuerySplit("" + i, template, "id = " + i, 1))
                .toList();
    }

    @BeforeEach
    void register() {
        for (int reader = 0; reader < 3; reader++) {
            context.registerReader(reader, "host");
        }
    }

    private SplitEnumeration started(ScanProgress progress) {
        SplitEnumeration enumeration = new SplitEnumeration(context, progress, planning);
        enumeration.start();
        return enumeration;
    }

    private List<QuerySplit> assigned(int reader) {
        var assignment = context.getSplitAssignments().get(reader);
        return assignment == null ? List.of() : assignment.getAssignedSplits();
    }

    private boolean wasToldTheEnd(int reader) {
        var assignment = context.getSplitAssignments().get(reader);
        return assignment != null && assignment.hasReceivedNoMoreSplitsSignal();
    }

    @Test
    void doesNotPlanOnTheCoordinatorsThread() {
        started(ScanProgress.UNPLANNED);

        assertThat(planning.calls).isZero();
        context.triggerAllActions();
        assertThat(planning.calls).isEqualTo(1);
        assertThat(planning.closed).isTrue();
    }

    @Test
    void givesOneSplitForEachRequestAndThenTheEnd() {
        SplitEnumeration enumeration = started(ScanProgress.UNPLANNED);
        enumeration.handleSplitRequest(2, null);
        enumeration.handleSplitRequest(0, null);
        context.triggerAllActions();

        assertThat(assigned(2)).isEqualTo(planning.splits.subList(0, 1));
        assertThat(assigned(0)).isEqualTo(planning.splits.subList(1, 2));
        for (int i = 0; i < 3; i++) {
            enumeration.handleSplitRequest(1, null);
        }
        assertThat(assigned(1)).isEqualTo(planning.splits.subList(2, 4));
        assertThat(wasToldTheEnd(1)).isTrue();
        assertThat(wasToldTheEnd(0)).isFalse();
    }

    @Test
    void tellsTheEndToAllWhenThereIsNothing() {
        planning.splits = List.of();
        SplitEnumeration enumeration = started(ScanProgress.UNPLANNED);
        enumeration.handleSplitRequest(0, null);
        enumeration.handleSplitRequest(1, null);
        context.triggerAllActions();

        assertThat(wasToldTheEnd(0)).isTrue();
        assertThat(wasToldTheEnd(1)).isTrue();
    }

    @Test
    void givesNoSplitToAReaderThatFailedBeforeThereWasOne() {
        SplitEnumeration enumeration = started(ScanProgress.UNPLANNED);
        enumeration.handleSplitRequest(1, null);
        context.registeredReaders().remove(1);
        context.triggerAllActions();

        assertThat(assigned(1)).isEmpty();
        assertThat(enumeration.snapshotState(1).pending()).hasSize(4);
    }

    @Test
    void keepsWhatNoReaderHas() {
        SplitEnumeration enumeration = started(ScanProgress.UNPLANNED);
        assertThat(enumeration.snapshotState(1)).isEqualTo(ScanProgress.UNPLANNED);
        context.triggerAllActions();
        enumeration.handleSplitRequest(0, null);

        assertThat(enumeration.snapshotState(2))
                .isEqualTo(new ScanProgress(true, planning.splits.subList(1, 4)));
    }

    @Test
    void neverPlansAgainOncePlanned() {
        List<QuerySplit> left = splits(2);
        SplitEnumeration enumeration = started(new ScanProgress(true, left));
        context.triggerAllActions();

        assertThat(planning.calls).isZero();
        enumeration.handleSplitRequest(0, null);
        enumeration.handleSplitRequest(0, null);
        enumeration.handleSplitRequest(0, null);
        assertThat(assigned(0)).isEqualTo(left);
        assertThat(wasToldTheEnd(0)).isTrue();
    }

    @Test
    void takesBackTheSplitsOfAReaderThatFailed() {
        SplitEnumeration enumeration = started(ScanProgress.UNPLANNED);
        context.triggerAllActions();
        for (int i = 0; i < 5; i++) {
            enumeration.handleSplitRequest(0, null);
        }

        enumeration.addSplitsBack(planning.splits.subList(1, 3), 0);

        enumeration.handleSplitRequest(1, null);
        enumeration.handleSplitRequest(1, null);
        enumeration.handleSplitRequest(1, null);
        assertThat(assigned(1)).containsExactlyInAnyOrderElementsOf(planning.splits.subList(1, 3));
        assertThat(wasToldTheEnd(1)).isTrue();
    }

    @Test
    void failsTheJobWhenPlanningFails() {
        planning.failure = new IOException("there is no such table");
        started(ScanProgress.UNPLANNED);

        assertThatThrownBy(context::triggerAllActions)
                .isInstanceOf(FlinkRuntimeException.class)
                .hasRootCauseMessage("there is no such table");
    }

    @Test
    void endsPlanningWhenItIsClosed() throws IOException {
        started(ScanProgress.UNPLANNED).close();
        assertThat(planning.closed).isTrue();
    }
}
