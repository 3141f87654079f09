package io.mortar.testkit.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * One operation of one client, as the client saw it. {@code invoked} and {@code returned} are places in one global
 * sequence of events, not times of a clock.
 *
 * @param output what the client was told; null if it was never told, so that the operation may have taken effect at any
 *     place after its invocation, or may never do so
 * @param returned {@link #NEVER} exactly if {@code output} is null
 */
public record Operation<I, O>(int client, I input, @Nullable O output, long invoked, long returned) {
    /** The place of an answer that never came. */
    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        if ((output == null) != (returned == NEVER)) {
            throw new IllegalArgumentException("an answer has a place and only an answer has one: " + input);
        }
        if (returned <= invoked) {
            throw new IllegalArgumentException("answered at " + returned + " before it was asked at " + invoked);
        }
    }

    /** Whether the client was told what became of it. */
    public boolean isAnswered() {
        return output != null;
    }

    @Override
    public String toString() {
        String span = isAnswered() ? invoked + ".." + returned : invoked + "..?";
        return "[" + span + "] client " + client + ": " + input + " -> " + (isAnswered() ? output : "no answer");
    }
}
