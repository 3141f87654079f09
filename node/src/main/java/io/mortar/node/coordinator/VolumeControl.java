package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.List;

/** What the registry tells the namespace actor beside it, in the same process, about the volumes there are. */
public final class VolumeControl {
    private VolumeControl() {}

    public sealed interface Request permits Serve, Suspend, Drop, DescribeUsage {}

    /** The volume is started: open its namespace (an empty one for a new volume) and answer requests. Repeating it changes nothing. */
    public record Serve(VolumeId id, VolumeName name, VolumeSpec spec, List<PlacedBrick> bricks) implements Request {
        public Serve {
            bricks = List.copyOf(bricks);
        }
    }

    /** The volume exists but is not started: refuse its files with VOLUME_NOT_STARTED. */
    public record Suspend(VolumeId id, VolumeName name) implements Request {}

    /** The volume is being deleted: forget all its rows, in bounded steps, then answer. Idempotent. */
    public record Drop(VolumeId id, VolumeName name, ActorRef<Dropped> replyTo) implements Request {}

    /** Counts of the volume's files; answered with {@link VolumeUsage#NONE} for one that has no namespace yet. */
    public record DescribeUsage(VolumeId id, ActorRef<Usage> replyTo) implements Request {}

    public record Dropped(VolumeId id) {}

    public record Usage(VolumeId id, VolumeUsage usage) {}

    public record PlacedBrick(BrickId id, BrickLocation location) {}
}
