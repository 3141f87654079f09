package io.mortar.testkit.linearizability;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an object does when its operations come one after another. States are immutable and compared by {@code equals}.
 *
 * @param <S> the state
 * @param <I> what is asked
 * @param <O> what is answered
 */
public interface SequentialModel<S, I, O> {
    /** The state before the first operation. */
    S initial();

    /**
     * The state after {@code input} was done in {@code state} and answered with {@code output}, or empty if a correct
     * object could not have given that answer. Changes nothing.
     *
     * @param output null if the answer is not known: every answer is possible then
     */
    Optional<S> apply(S state, I input, @Nullable O output);
}
