package io.mortar.node.coordinator;

import io.mortar.core.namespace.HealPlan;
import io.mortar.core.pool.BrickId;
import io.mortar.node.copying.ChunkCopy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One file that a brick is given the chunks of: which are to be copied, and how many are on their way. Used by one actor. */
final class HealTask {
    /** Healing gives a brick what it should have had before, which is no new decision. */
    private static final long NO_ORDER = 0;

    private final HealPlan plan;
    private final Deque<Integer> again = new ArrayDeque<>();
    private OptionalInt next;
    private int inFlightCount;
    private boolean ended;

    HealTask(HealPlan plan) {
        this.plan = plan;
        this.next = plan.next(-1);
    }

    HealPlan plan() {
        return plan;
    }

    BrickId brick() {
        return plan.copy().brick();
    }

    long inode() {
        return plan.copy().version().inode();
    }

    /** Whether there is a chunk to begin with. */
    boolean hasNext() {
        return !ended && (!again.isEmpty() || next.isPresent());
    }

    /** Whether the brick has all chunks. */
    boolean isComplete() {
        return !ended && !hasNext() && inFlightCount == 0;
    }

    /** The next chunk, which is on its way from now on; null if there is none. */
    @Nullable
    ChunkCopy begin() {
        if (!hasNext()) {
            return null;
        }
        inFlightCount++;
        Integer index = again.poll();
        if (index == null) {
            index = next.getAsInt();
            next = plan.next(index);
        }
        return new ChunkCopy(plan.chunk(index), plan.chunkSizeBytes(index), brick(), plan.sources(index), NO_ORDER);
    }

    /** A chunk is not on its way any more; {@link #repeat} if it is to be begun again. */
    void answered() {
        inFlightCount--;
    }

    void repeat(ChunkCopy copy) {
        again.add(copy.chunk().index());
    }

    /** Nothing is to be done any more, whatever is still on its way. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }
}
