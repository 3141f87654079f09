package io.mortar.node.job;

import io.mortar.core.namespace.RelocationPlan;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The copying of one file: which chunk is next, how many are on their way. For use by one thread. */
final class Transfer {
    private final RelocationPlan plan;
    private final Deque<RelocationPlan.Copy> next = new ArrayDeque<>();
    private int nextIndex;
    private int outstanding;
    private @Nullable String failure;
    private boolean ending;

    Transfer(RelocationPlan plan) {
        this.plan = plan;
    }

    RelocationPlan plan() {
        return plan;
    }

    /** The next chunk to be copied; null if there is none, or no use in it since another one failed. */
    RelocationPlan.@Nullable Copy poll() {
        while (failure == null && next.isEmpty() && nextIndex < plan.chunkCount()) {
            next.addAll(plan.copies(nextIndex++));
        }
        RelocationPlan.Copy copy = failure == null ? next.poll() : null;
        outstanding += copy == null ? 0 : 1;
        return copy;
    }

    /** @param why null if the chunk is where it should be */
    void copied(@Nullable String why) {
        outstanding--;
        failure = failure == null ? why : failure;
    }

    /** Whether nothing is on its way and nothing will be. */
    boolean isThrough() {
        return outstanding == 0 && (failure != null || (next.isEmpty() && nextIndex >= plan.chunkCount()));
    }

    @Nullable
    String failure() {
        return failure;
    }

    /** Whether the coordinator is told of the end. */
    boolean isEnding() {
        return ending;
    }

    void ending() {
        ending = true;
    }
}
