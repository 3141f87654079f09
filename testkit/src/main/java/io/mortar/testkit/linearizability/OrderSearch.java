package io.mortar.testkit.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of one partition's operations. The search walks along the events of the history and gives an
 * operation its place only when an answer asks for it (just in time): at the answer of an operation that has no place
 * yet, it tries every sequence of open operations that ends with it, that operation alone first. Depth first, on an
 * explicit stack, without visiting a configuration twice.
 */
final class OrderSearch<S, I, O> {
    private static final int STATES_SHOWN_MAX = 5;

    private final SequentialModel<S, I, O> model;
    private final Object partition;
    private final List<Operation<I, O>> operations;
    private final long stepsMax;
    /** The operations in the order of their answers; those without one are left out. */
    private final int[] answers;
    /** For the answer at the same place of {@link #answers}: the operations that were open when it came. */
    private final int[][] open;

    private final BitSet answered = new BitSet();
    private final Map<Visited<S>, List<BitSet>> visited = new HashMap<>();
    private final Deque<Configuration<S>> stack = new ArrayDeque<>();
    private final Set<S> furthestStates = new LinkedHashSet<>();
    private int furthest = -1;
    private long steps;

    OrderSearch(SequentialModel<S, I, O> model, Object partition, List<Operation<I, O>> operations, long stepsMax) {
        this.model = model;
        this.partition = partition;
        this.operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::invoked))
                .toList();
        this.stepsMax = stepsMax;
        for (int i = 0; i < this.operations.size(); i++) {
            answered.set(i, this.operations.get(i).isAnswered());
        }
        answers = answered.stream()
                .boxed()
                .sorted(Comparator.comparingLong(i -> this.operations.get(i).returned()))
                .mapToInt(Integer::intValue)
                .toArray();
        open = openAtAnswers();
    }

    Verdict run() {
        if (advance(new Configuration<>(0, model.initial(), new BitSet()))) {
            return new Verdict.Linearizable(1, steps);
        }
        while (!stack.isEmpty()) {
            if (steps > stepsMax) {
                return new Verdict.GaveUp(partition, operations.size(), steps);
            }
            if (expand(stack.pop())) {
                return new Verdict.Linearizable(1, steps);
            }
        }
        return failure();
    }

    /** Tries each open operation as the next one; true if that completed an order. */
    private boolean expand(Configuration<S> from) {
        int wanted = answers[from.at];
        for (int candidate : open[from.at]) {
            if (candidate != wanted && !from.placed.get(candidate) && tryNext(from, candidate)) {
                return true;
            }
        }
        // Last on the stack is first to be followed: the fewest operations before the one that must have its place.
        return tryNext(from, wanted);
    }

    private boolean tryNext(Configuration<S> from, int candidate) {
        Operation<I, O> operation = operations.get(candidate);
        steps++;
        Optional<S> next = model.apply(from.state, operation.input(), operation.output());
        if (next.isEmpty()) {
            return false;
        }
        if (!operation.isAnswered() && next.get().equals(from.state)) {
            return false; // Nobody asks for it to have a place, and later it may be of use.
        }
        BitSet placed = (BitSet) from.placed.clone();
        placed.set(candidate);
        return advance(new Configuration<>(from.at, next.get(), placed));
    }

    /** Passes the answers of operations that have their place; true at the end of the history. */
    private boolean advance(Configuration<S> configuration) {
        int at = configuration.at;
        BitSet placed = configuration.placed;
        while (at < answers.length && placed.get(answers[at])) {
            placed.clear(answers[at]);
            at++;
        }
        if (at == answers.length) {
            return true;
        }
        if (isNew(at, configuration.state, placed)) {
            noteFurthest(at, configuration.state);
            stack.push(new Configuration<>(at, configuration.state, placed));
        }
        return false;
    }

    /**
     * Whether this configuration can lead to more than those before it. One that has used up fewer of the operations
     * without an answer, and is the same otherwise, can do whatever this one can.
     */
    private boolean isNew(int at, S state, BitSet placed) {
        BitSet withAnswer = (BitSet) placed.clone();
        withAnswer.and(answered);
        BitSet withoutAnswer = (BitSet) placed.clone();
        withoutAnswer.andNot(answered);
        List<BitSet> known = visited.computeIfAbsent(new Visited<>(at, state, withAnswer), key -> new ArrayList<>(1));
        for (BitSet each : known) {
            BitSet more = (BitSet) each.clone();
            more.andNot(withoutAnswer);
            if (more.isEmpty()) {
                return false;
            }
        }
        known.add(withoutAnswer);
        return true;
    }

    private void noteFurthest(int at, S state) {
        if (at > furthest) {
            furthest = at;
            furthestStates.clear();
        }
        if (at == furthest && furthestStates.size() < STATES_SHOWN_MAX) {
            furthestStates.add(state);
        }
    }

    private Verdict failure() {
        Operation<I, O> culprit = operations.get(answers[furthest]);
        List<Operation<I, O>> prefix = operations.stream()
                .filter(operation -> operation.invoked() < culprit.returned())
                .toList();
        return new Verdict.NotLinearizable(partition, prefix, culprit, List.copyOf(furthestStates));
    }

    private int[][] openAtAnswers() {
        int[][] openAt = new int[answers.length][];
        List<Integer> now = new ArrayList<>();
        int invoked = 0;
        for (int at = 0; at < answers.length; at++) {
            long place = operations.get(answers[at]).returned();
            while (invoked < operations.size() && operations.get(invoked).invoked() < place) {
                now.add(invoked++);
            }
            openAt[at] = now.stream().mapToInt(Integer::intValue).toArray();
            now.remove(Integer.valueOf(answers[at]));
        }
        return openAt;
    }

    /**
     * The answers before {@code at} are explained and led to {@code state}; of the operations whose answers are still to
     * come or never come, those in {@code placed} have their place already.
     */
    private record Configuration<S>(int at, S state, BitSet placed) {}

    private record Visited<S>(int at, S state, BitSet placed) {}
}
