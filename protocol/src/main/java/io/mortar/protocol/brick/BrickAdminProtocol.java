package io.mortar.protocol.brick;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.volume.VolumeId;
import java.util.List;

/**
 * What the pool's registry asks the keeper of a node's bricks, and what whoever plans a change asks it before. All requests are idempotent:
 * the registry repeats them after a crash.
 */
public final class BrickAdminProtocol {
    private BrickAdminProtocol() {}

    public sealed interface Request permits PrepareBrick, CheckBrick, ReleaseBrick, ReconcileBricks {}

    public sealed interface Reply permits BrickPrepared, BrickChecked, BrickReleased, BrickAdminRefused {}

    /** Makes {@code directory} a brick: checks that it is allowed and empty, writes its identity durably, starts its actor. */
    public record PrepareBrick(PoolId pool, VolumeId volume, BrickId brick, String directory, ActorRef<Reply> replyTo)
            implements Request {}

    /** Whether {@link PrepareBrick} would succeed now, and what room there is. Changes nothing on the node. */
    public record CheckBrick(PoolId pool, VolumeId volume, BrickId brick, String directory, ActorRef<Reply> replyTo)
            implements Request {}

    /** Deletes everything of the brick and forgets it; the directory itself stays. An unknown brick counts as released. */
    public record ReleaseBrick(BrickId brick, ActorRef<Reply> replyTo) implements Request {}

    /** The bricks that the registry knows on this node; used to report those that are missing here. Not answered. */
    public record ReconcileBricks(List<BrickId> expected) implements Request {}

    public record BrickPrepared(BrickId brick, BrickCapacity capacity) implements Reply {}

    /** @param capacity the room of the whole file system, with its name: others may share it */
    public record BrickChecked(BrickId brick, BrickCapacity capacity) implements Reply {}

    public record BrickReleased(BrickId brick) implements Reply {}

    /** BRICK_IN_USE, BRICK_NOT_EMPTY, BRICK_NOT_ALLOWED, NO_SPACE, WRONG_POOL, OVERLOADED or INTERNAL; nothing was left behind. */
    public record BrickAdminRefused(BrickId brick, Refusal refusal) implements Reply {}
}
