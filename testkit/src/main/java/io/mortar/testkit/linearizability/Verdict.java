package io.mortar.testkit.linearizability;

import java.util.List;

/** What a check found. Only {@link Linearizable} is a pass: a search that was given up proves nothing. */
public sealed interface Verdict {
    /** Whether an order of all operations was found in every partition. */
    default boolean isLinearizable() {
        return this instanceof Linearizable;
    }

    /**
     * Every partition has an order that explains all answers.
     *
     * @param steps how often the model was asked
     */
    record Linearizable(int partitions, long steps) implements Verdict {}

    /**
     * No order explains the answers in one partition; of several such partitions this is the one that shows it with the
     * fewest operations.
     *
     * @param operations those of the partition that were invoked before the answer that cannot be explained
     * @param culprit the operation with that answer
     * @param states some of the states that were possible before that answer
     */
    record NotLinearizable(
            Object partition, List<? extends Operation<?, ?>> operations, Operation<?, ?> culprit, List<?> states)
            implements Verdict {
        private static final int OPERATIONS_SHOWN_MAX = 30;

        public NotLinearizable {
            operations = List.copyOf(operations);
            states = List.copyOf(states);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("not linearizable in partition ").append(partition);
            text.append(": no order explains\n    ").append(culprit).append("\n  states that were possible before it:");
            states.forEach(state -> text.append("\n    ").append(state));
            int hidden = Math.max(0, operations.size() - OPERATIONS_SHOWN_MAX);
            text.append("\n  after ").append(operations.size()).append(" operations");
            text.append(hidden == 0 ? ":" : ", the last " + OPERATIONS_SHOWN_MAX + " of them:");
            operations
                    .subList(hidden, operations.size())
                    .forEach(operation -> text.append("\n    ").append(operation));
            return text.toString();
        }
    }

    /** The search in {@code partition} needed more than the allowed number of steps. */
    record GaveUp(Object partition, int operations, long steps) implements Verdict {}
}
