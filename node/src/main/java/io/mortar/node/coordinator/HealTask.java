package io.mortar.node.coordinator;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.namespace.HealPlan;
import io.mortar.core.pool.BrickId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One file that a brick is given the chunks of: which chunk is next, and which bricks it can be had from. Used by one actor. */
final class HealTask {
    private final HealPlan plan;
    private int index = -1;
    private final Deque<BrickId> sources = new ArrayDeque<>();
    private String reason = "";

    HealTask(HealPlan plan) {
        this.plan = plan;
    }

    HealPlan plan() {
        return plan;
    }

    BrickId brick() {
        return plan.copy().brick();
    }

    ChunkId chunk() {
        return plan.chunk(index);
    }

    int chunkSizeBytes() {
        return plan.chunkSizeBytes(index);
    }

    /** Goes on to the next chunk; false if there is none. */
    boolean nextChunk(Predicate<BrickId> isAvailable) {
        OptionalInt next = plan.next(index);
        if (next.isEmpty()) {
            return false;
        }
        index = next.getAsInt();
        sources.clear();
        List<BrickId> all = plan.sources(index);
        all.stream().filter(isAvailable).forEach(sources::add);
        reason = "chunk " + chunk() + " cannot be had: none of the bricks " + all + " can be reached";
        return true;
    }

    /** The next brick to ask for the chunk; null if all were asked. */
    @Nullable
    BrickId nextSource() {
        return sources.poll();
    }

    /** The brick that was asked last does not give the chunk. */
    void sourceFailed(BrickId source, String why) {
        reason = "chunk " + chunk() + " cannot be had: brick " + source + ": " + why;
    }

    /** Why the present chunk cannot be had, when all bricks were asked. */
    String reason() {
        return reason;
    }
}
