package io.mortar.node.brick;

import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import org.jspecify.annotations.Nullable;

/** What a node's brick actors and disk work tell its keeper. */
sealed interface KeeperMessage {
    /** @param device tells which bricks share a file system; empty for a brick that is not open */
    record BrickReported(BrickId brick, BrickHealth health, String reason, BrickCapacity capacity, String device)
            implements KeeperMessage {}

    /** An I/O error while the brick was in use: it must stay out of use after a restart too. */
    record BrickFailed(BrickId brick, String reason) implements KeeperMessage {}

    record BrickStopped(BrickId brick) implements KeeperMessage {}

    /** @param identity null if it was refused */
    record Prepared(
            BrickId brick,
            @Nullable BrickIdentity identity,
            @Nullable Refusal refusal) implements KeeperMessage {}

    /** @param survey null if it was refused */
    record Checked(
            BrickAdminProtocol.CheckBrick request,
            BrickPreparation.@Nullable Survey survey,
            @Nullable Refusal refusal) implements KeeperMessage {}

    record Inspected(BrickIdentity identity, String reason, boolean reinstate) implements KeeperMessage {}

    /** @param left what could not be removed, for the log; empty if all is gone */
    record Erased(BrickId brick, String left) implements KeeperMessage {}

    enum Tick implements KeeperMessage {
        ANNOUNCE
    }
}
