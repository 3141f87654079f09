package io.mortar.core.job;

import io.mortar.core.layout.BrickState;
import io.mortar.core.pool.BrickId;
import java.util.List;

/** A change of a volume that is planned before it is made. */
public sealed interface ProposedChange {
    /** @param bricks as they would be in the volume: with their room, accepting */
    record AddBricks(List<BrickState> bricks) implements ProposedChange {
        public AddBricks {
            bricks = List.copyOf(bricks);
        }
    }

    record RemoveBricks(List<BrickId> bricks) implements ProposedChange {
        public RemoveBricks {
            bricks = List.copyOf(bricks);
        }
    }

    /** @param brick as it would be in the volume in the place of {@code old} */
    record ReplaceBrick(BrickId old, BrickState brick) implements ProposedChange {}

    record SetReplica(int replicaCount) implements ProposedChange {}

    /** Changes nothing but where files are. */
    record Rebalance() implements ProposedChange {}
}
