package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry tells the namespace actor beside it, in the same process, about the volumes there are. */
public final class VolumeControl {
    private VolumeControl() {}

    public sealed interface Request permits Serve, Suspend, Drop, DescribeUsage {}

    /**
     * The volume is started: open its namespace (an empty one for a new volume) and answer requests. Repeating it changes nothing; with
     * other contents it changes what the running volume goes by, at once.
     *
     * @param shapeNumber grows with every change of the number of replicas; 0 as the volume was created
     * @param replyTo to be told of bricks that are leaving and have nothing of the volume any more
     */
    public record Serve(
            VolumeId id,
            VolumeName name,
            VolumeSpec spec,
            List<PlacedBrick> bricks,
            int shapeNumber,
            ActorRef<Vacated> replyTo)
            implements Request {
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

    /**
     * Provably nothing of the volume is on {@code brick} since its departure of this number began, and nothing will be. To be repeated until
     * the brick is no longer among those of {@link Serve}.
     */
    public record Vacated(VolumeId volume, BrickId brick, int departure) {}

    /**
     * A brick of the volume.
     *
     * @param departure number of its departure when it is being taken out, so that no new file goes to it, and what it has is to go
     *     elsewhere; 0 for one that stays
     * @param successor the brick that is to have what this one has; null for any other, and for a brick that stays
     */
    public record PlacedBrick(
            BrickId id,
            BrickLocation location,
            int departure,
            @Nullable BrickId successor) {
        /** One that stays. */
        public PlacedBrick(BrickId id, BrickLocation location) {
            this(id, location, 0, null);
        }

        public boolean leaving() {
            return departure != 0;
        }
    }
}
