package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the sink promises, and how it is seen in the table: each of these goes through every failure
 * of {@link KillITCase}. A new guarantee is a new constant here.
 */
enum Guarantee {
    AT_LEAST_ONCE("at-least-once") {
        @Override
        void checkAppended(long rows, long distinct, long expected) {
            assertThat(distinct).as("ids that are there").isEqualTo(expected);
            assertThat(rows).as("rows").isGreaterThanOrEqualTo(expected);
        }
    },

    EXACTLY_ONCE("exactly-once") {
        @Override
        void checkAppended(long rows, long distinct, long expected) {
            assertThat(distinct).as("ids that are there").isEqualTo(expected);
            assertThat(rows).as("rows").isEqualTo(expected);
        }
    };

    private final String option;

    Guarantee(String option) {
        this.option = option;
    }

    String option() {
        return "'sink.delivery-guarantee' = '" + option + "'";
    }

    /** After failures; without any, each row is there once in any case. */
    abstract void checkAppended(long rows, long distinct, long expected);
}
