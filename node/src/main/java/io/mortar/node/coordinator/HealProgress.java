package io.mortar.node.coordinator;

import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.MissingCopies;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Rows;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far the bricks of a volume are healed. What was done is known since this leadership began; what is left is in rows. */
final class HealProgress {
    private final Map<BrickId, Brick> bricks = new HashMap<>();

    /** What is known of one brick. */
    static final class Brick {
        /** Inode of the last file of the present walk over what the brick lacks. */
        long after;
        /** Files of the present walk that could not be healed, and that were. */
        long failedCount;

        long walkHealedCount;
        long healedCount;
        long copiedBytes;
        String lastError = "";

        /** Begins a walk. */
        void rewind() {
            after = 0;
            failedCount = 0;
            walkHealedCount = 0;
        }
    }

    Brick of(BrickId brick) {
        return bricks.computeIfAbsent(brick, b -> new Brick());
    }

    /** The bricks of {@code volume} that lack something or were worked on. */
    Outcome.Healing describe(Rows rows, VolumeId volume, List<BrickState> all) {
        List<Outcome.BrickHealing> list = new ArrayList<>();
        for (BrickState state : all) {
            Brick brick = of(state.id());
            long left = MissingCopies.count(rows, volume, state.id());
            if (left > 0 || brick.healedCount > 0 || !brick.lastError.isEmpty()) {
                list.add(new Outcome.BrickHealing(
                        state.id(), state.location(), left, brick.healedCount, brick.copiedBytes, brick.lastError));
            }
        }
        return new Outcome.Healing(list);
    }
}
