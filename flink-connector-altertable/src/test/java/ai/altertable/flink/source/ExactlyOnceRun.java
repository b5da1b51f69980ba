package ai.altertable.flink.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Row;

/** What the tasks of a job that is killed and its test know of each other, in one JVM. */
final class ExactlyOnceRun {

    private static final Map<String, ExactlyOnceRun> RUNS = new ConcurrentHashMap<>();

    final AtomicLong rowsSeen = new AtomicLong();
    final AtomicLong wrongRows = new AtomicLong();
    final AtomicInteger killsOrdered = new AtomicInteger();
    final AtomicInteger killsDone = new AtomicInteger();
    volatile boolean lastRowIsWaiting;
    volatile boolean killingIsOver;
    volatile Sum checkpointed = new Sum();
    volatile Sum end = new Sum();

    static ExactlyOnceRun of(String name) {
        return RUNS.computeIfAbsent(name, unknown -> new ExactlyOnceRun());
    }

    /** Of all rows: what is lost or twice changes at least one of them. */
    static final class Sum {
        long count;
        long ids;
        long hashes;

        void add(long id) {
            count++;
            ids += id;
            hashes += hash(id);
        }

        static long hash(long id) {
            long mixed = (id + 1) * 0x9E3779B97F4A7C15L;
            return mixed ^ (mixed >>> 29);
        }

        Sum copy() {
            Sum copy = new Sum();
            copy.count = count;
            copy.ids = ids;
            copy.hashes = hashes;
            return copy;
        }
    }

    /**
     * Compares each row with what it should be and passes its number on, in one chain with the
     * source. Fails when a kill is ordered. The last row of the table waits until killing is over,
     * so that the job cannot end before.
     */
    static final class Check implements MapFunction<Row, Long> {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final long lastId;
        private final SerializableLongFunction expected;
        private transient ExactlyOnceRun run;

        /** What a row should be. */
        interface SerializableLongFunction extends LongFunction<Row>, Serializable {}

        Check(String name, long lastId, SerializableLongFunction expected) {
            this.name = name;
            this.lastId = lastId;
            this.expected = expected;
        }

        @Override
        public Long map(Row row) throws IOException, InterruptedException {
            if (run == null) {
                run = of(name);
            }
            run.rowsSeen.incrementAndGet();
            killIfOrdered();
            long id = row.getFieldAs(0);
            if (!sameValues(row, expected.apply(id))) {
                run.wrongRows.incrementAndGet();
            }
            while (id == lastId && !run.killingIsOver) {
                run.lastRowIsWaiting = true;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                if (Thread.interrupted()) {
                    throw new InterruptedException("killed while it waited");
                }
                killIfOrdered();
            }
            return id;
        }

        /** Whether or not the fields have names. */
        private static boolean sameValues(Row one, Row other) {
            for (int i = 0; i < other.getArity(); i++) {
                Object value = other.getField(i);
                boolean same =
                        value instanceof Row nested
                                ? sameValues(one.getFieldAs(i), nested)
                                : Objects.deepEquals(one.getField(i), value);
                if (!same) {
                    return false;
                }
            }
            return one.getArity() == other.getArity();
        }

        private void killIfOrdered() throws IOException {
            int done = run.killsDone.get();
            if (done < run.killsOrdered.get() && run.killsDone.compareAndSet(done, done + 1)) {
                throw new IOException("killed");
            }
        }
    }

    /** Adds the numbers up in a state that checkpoints hold. */
    static final class AddUp extends AbstractStreamOperator<Long>
            implements OneInputStreamOperator<Long, Long>, BoundedOneInput {

        private static final long serialVersionUID = 1L;

        private final String name;
        private transient ListState<Long> state;
        private transient Sum sum;
        private transient Sum inSnapshot;

        AddUp(String name) {
            this.name = name;
        }

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("sums", Types.LONG));
            sum = new Sum();
            var values = state.get().iterator();
            if (values.hasNext()) {
                sum.count = values.next();
                sum.ids = values.next();
                sum.hashes = values.next();
            }
        }

        @Override
        public void processElement(StreamRecord<Long> element) {
            sum.add(element.getValue());
        }

        @Override
        public void snapshotState(StateSnapshotContext context) throws Exception {
            state.update(List.of(sum.count, sum.ids, sum.hashes));
            inSnapshot = sum.copy();
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            of(name).checkpointed = inSnapshot;
        }

        @Override
        public void endInput() {
            of(name).end = sum.copy();
        }
    }
}
