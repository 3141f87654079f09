package io.mortar.protocol.pool;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pool's registry, an event-sourced actor on the metadata node, is asked and answers: nodes by name, volumes and their
 * bricks. Changes are answered after they are durable and may be repeated: creating the same volume again with the same arguments is
 * answered with the volume, starting a started one succeeds.
 */
public final class RegistryProtocol {
    private RegistryProtocol() {}

    public sealed interface Request
            permits RegisterNode,
                    ForgetNode,
                    DescribePool,
                    CreateVolume,
                    StartVolume,
                    StopVolume,
                    DeleteVolume,
                    StopRemoval,
                    ShapeChange,
                    TryChange,
                    DescribeVolume,
                    ListVolumes {
        ActorRef<Reply> replyTo();

        /** The same request, to be answered to {@code other}. */
        Request withReplyTo(ActorRef<Reply> other);
    }

    public sealed interface Reply
            permits NodeRegistered,
                    NodeForgotten,
                    PoolDescribed,
                    VolumeDescribed,
                    ChangeAllowed,
                    VolumesListed,
                    VolumeDeleted,
                    Refused {}

    /** A change of what a volume is made of, which may first be tried. */
    public sealed interface ShapeChange extends Request permits AddBricks, RemoveBricks, ReplaceBrick, SetReplica {
        VolumeName name();
    }

    /** Binds a name to a node for good; refused with NAME_TAKEN while another node has it, WRONG_POOL for a foreign one. */
    public record RegisterNode(NodeId node, NodeName name, String address, ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new RegisterNode(node, name, address, other);
        }
    }

    /** Frees the name of a node that will not come back; refused while it is reachable or owns bricks. */
    public record ForgetNode(NodeName name, ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new ForgetNode(name, other);
        }
    }

    public record DescribePool(ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new DescribePool(other);
        }
    }

    /** Creates a volume on {@code bricks} or leaves nothing behind. */
    public record CreateVolume(VolumeName name, VolumeSpec spec, List<BrickLocation> bricks, ActorRef<Reply> replyTo)
            implements Request {
        public CreateVolume {
            bricks = List.copyOf(bricks);
        }

        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new CreateVolume(name, spec, bricks, other);
        }
    }

    public record StartVolume(VolumeName name, ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new StartVolume(name, other);
        }
    }

    public record StopVolume(VolumeName name, ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new StopVolume(name, other);
        }
    }

    /** Deletes a volume that is not started, with all its files, and releases its bricks. */
    public record DeleteVolume(VolumeName name, ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new DeleteVolume(name, other);
        }
    }

    /** Gives a volume more bricks, all or none; new files use them from then on. */
    public record AddBricks(VolumeName name, List<BrickLocation> bricks, ActorRef<Reply> replyTo)
            implements ShapeChange {
        public AddBricks {
            bricks = List.copyOf(bricks);
        }

        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new AddBricks(name, bricks, other);
        }
    }

    /**
     * Begins to take bricks out of a volume: new files no longer go to them, what they have goes elsewhere, and those that have nothing any
     * more are given back. Refused with TOO_FEW_BRICKS when the others are too few.
     */
    public record RemoveBricks(VolumeName name, List<BrickLocation> bricks, ActorRef<Reply> replyTo)
            implements ShapeChange {
        public RemoveBricks {
            bricks = List.copyOf(bricks);
        }

        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new RemoveBricks(name, bricks, other);
        }
    }

    /** Keeps bricks that are being taken out or replaced; what went elsewhere stays there. */
    public record StopRemoval(VolumeName name, List<BrickLocation> bricks, ActorRef<Reply> replyTo) implements Request {
        public StopRemoval {
            bricks = List.copyOf(bricks);
        }

        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new StopRemoval(name, bricks, other);
        }
    }

    /** Gives a volume the brick {@code next} and takes {@code old} out, whose place it takes. */
    public record ReplaceBrick(VolumeName name, BrickLocation old, BrickLocation next, ActorRef<Reply> replyTo)
            implements ShapeChange {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new ReplaceBrick(name, old, next, other);
        }
    }

    /** Changes how many copies of each chunk a volume keeps: of new files at once, of the others in the background. */
    public record SetReplica(VolumeName name, int replicaCount, ActorRef<Reply> replyTo) implements ShapeChange {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new SetReplica(name, replicaCount, other);
        }
    }

    /**
     * Whether {@code change} would be accepted now: answered with {@link ChangeAllowed} or the refusal that the change itself would get from
     * the registry. Changes nothing.
     */
    public record TryChange(ShapeChange change) implements Request {
        @Override
        public ActorRef<Reply> replyTo() {
            return change.replyTo();
        }

        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new TryChange((ShapeChange) change.withReplyTo(other));
        }
    }

    public record DescribeVolume(VolumeName name, ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new DescribeVolume(name, other);
        }
    }

    public record ListVolumes(ActorRef<Reply> replyTo) implements Request {
        @Override
        public Request withReplyTo(ActorRef<Reply> other) {
            return new ListVolumes(other);
        }
    }

    public record NodeRegistered(PoolId pool, NodeId metadataNode) implements Reply {}

    public record NodeForgotten(NodeName name) implements Reply {}

    public record PoolDescribed(PoolId pool, NodeName metadataNode, List<NodeStatus> nodes) implements Reply {
        public PoolDescribed {
            nodes = List.copyOf(nodes);
        }
    }

    public record NodeStatus(
            NodeId id, NodeName name, String address, String httpUrl, boolean reachable, int brickCount) {}

    public record VolumeDescribed(VolumeStatus volume) implements Reply {}

    /**
     * What a volume would be made of after a change that was tried.
     *
     * @param changes whether anything would change; a repeated request changes nothing
     * @param leaving all bricks that would be leaving then
     * @param coming bricks that would have to be prepared first
     * @param replaced the brick whose place the only one of {@code coming} would take; null if none
     */
    public record ChangeAllowed(
            VolumeId volume,
            boolean changes,
            List<BrickId> leaving,
            List<ComingBrick> coming,
            @Nullable BrickId replaced)
            implements Reply {
        public ChangeAllowed {
            leaving = List.copyOf(leaving);
            coming = List.copyOf(coming);
        }
    }

    /** @param id for asking its node; it gets another one when it is added */
    public record ComingBrick(BrickId id, BrickLocation location) {}

    public record VolumesListed(List<VolumeStatus> volumes) implements Reply {
        public VolumesListed {
            volumes = List.copyOf(volumes);
        }
    }

    public record VolumeDeleted(VolumeName name) implements Reply {}

    public record Refused(Refusal refusal) implements Reply {}

    /** A volume with its bricks as they are now. {@code storedBytes} is the sum of its files' sizes. */
    public record VolumeStatus(
            VolumeId id,
            VolumeName name,
            VolumeSpec spec,
            VolumeState state,
            long createdMillis,
            VolumeUsage usage,
            List<BrickStatus> bricks) {
        public VolumeStatus {
            bricks = List.copyOf(bricks);
        }
    }

    /**
     * What a volume's coordinator says.
     *
     * @param reducedFileCount files of which a brick lacks copies of chunks
     * @param copiesMin copies of a chunk that a write must store, where a volume has as many; 0 when that is not known
     * @param scrubErrorCount files that the last scrub found damaged and that no copy can repair
     * @param quotaBytes most bytes of files that the volume may hold by the quota of its root; null for any
     */
    public record VolumeUsage(
            long fileCount,
            long directoryCount,
            long storedBytes,
            long reducedFileCount,
            int copiesMin,
            long scrubErrorCount,
            @Nullable Long quotaBytes) {
        public static final VolumeUsage NONE = new VolumeUsage(0, 0, 0, 0, 0, 0, null);

        /** The volume's coordinator did not say in time. */
        public static final VolumeUsage UNKNOWN = new VolumeUsage(-1, -1, -1, -1, 0, 0, null);

        /** Of a volume without such files. */
        public VolumeUsage(
                long fileCount, long directoryCount, long storedBytes, long reducedFileCount, int copiesMin) {
            this(fileCount, directoryCount, storedBytes, reducedFileCount, copiesMin, 0, null);
        }

        /** Whether the counts are counts; the first four are -1 otherwise. */
        public boolean isKnown() {
            return fileCount >= 0;
        }
    }

    /**
     * A brick as it is now.
     *
     * @param reason why the brick is not online
     * @param capacity the last known one
     * @param leaving whether it is being taken out of the volume
     * @param successor where the brick is that takes its place; null for one that stays, or that goes without
     */
    public record BrickStatus(
            BrickId id,
            BrickLocation location,
            BrickHealth health,
            String reason,
            BrickCapacity capacity,
            boolean leaving,
            @Nullable BrickLocation successor) {
        /** One that stays. */
        public BrickStatus(
                BrickId id, BrickLocation location, BrickHealth health, String reason, BrickCapacity capacity) {
            this(id, location, health, reason, capacity, false, null);
        }
    }
}
