package io.mortar.testkit.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks histories against a model. Operations of different partitions must not touch each other's state, which is what
 * makes checking them apart as strict as checking them together.
 *
 * @param partition the key of an operation's partition, by what it asked
 * @param stepsMax how often the model may be asked in one partition; the memory that a search takes grows with it
 */
public record LinearizabilityCheck<S, I, O>(
        SequentialModel<S, I, O> model, Function<? super I, ?> partition, long stepsMax) {
    /** Enough for thousands of operations with a handful of them open at a time. */
    public static final long STEPS_MAX_USUAL = 2_000_000;

    /** Checks with {@link #STEPS_MAX_USUAL}. */
    public LinearizabilityCheck(SequentialModel<S, I, O> model, Function<? super I, ?> partition) {
        this(model, partition, STEPS_MAX_USUAL);
    }

    /** Decides about {@code operations}, in any order. A partition that fails outweighs one that was given up. */
    public Verdict check(List<Operation<I, O>> operations) {
        Map<Object, List<Operation<I, O>>> partitions = split(operations);
        List<Verdict> verdicts = new ArrayList<>();
        partitions.forEach((key, part) -> verdicts.add(new OrderSearch<>(model, key, part, stepsMax).run()));
        Optional<Verdict> smallestFailure = only(verdicts, Verdict.NotLinearizable.class)
                .min(Comparator.comparingInt(failure -> failure.operations().size()))
                .map(Function.identity());
        long steps = only(verdicts, Verdict.Linearizable.class)
                .mapToLong(Verdict.Linearizable::steps)
                .sum();
        return smallestFailure
                .or(() -> only(verdicts, Verdict.GaveUp.class).findFirst().map(Function.identity()))
                .orElseGet(() -> new Verdict.Linearizable(partitions.size(), steps));
    }

    private static <V extends Verdict> Stream<V> only(List<Verdict> verdicts, Class<V> kind) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast);
    }

    private Map<Object, List<Operation<I, O>>> split(List<Operation<I, O>> operations) {
        Map<Object, List<Operation<I, O>>> partitions = new LinkedHashMap<>();
        for (Operation<I, O> operation : operations) {
            partitions
                    .computeIfAbsent(partition.apply(operation.input()), key -> new ArrayList<>())
                    .add(operation);
        }
        return partitions;
    }
}
