package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import java.util.List;

/** What is to become of a file's layout. */
public sealed interface Relocation permits Relocation.Stay, Relocation.Move, Relocation.Stuck {
    /** It is as it should be. */
    record Stay() implements Relocation {}

    /** @param bricks of the layout that it should have, column by column; as wide as the one it has */
    record Move(List<BrickId> bricks, int replicaCount) implements Relocation {
        public Move {
            bricks = List.copyOf(bricks);
        }
    }

    /** It should move and no brick can take it: NO_SPACE or TOO_FEW_BRICKS. */
    record Stuck(Refusal refusal) implements Relocation {}
}
