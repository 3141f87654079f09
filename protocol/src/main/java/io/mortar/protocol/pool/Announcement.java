package io.mortar.protocol.pool;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells every other member about itself, on change and every few seconds. Received at {@code /user/topology}.
 *
 * @param incarnation number of the sending process, as the cluster knows it; other after each restart
 * @param metadata set by the node that serves the pool's metadata, as long as it does
 */
public record Announcement(
        NodeId node,
        NodeName name,
        String address,
        String httpUrl,
        ActorRef<BrickAdminProtocol.Request> brickKeeper,
        @Nullable Metadata metadata,
        List<Brick> bricks,
        long incarnation) {
    /** Name of the receiving actor under {@code /user}. */
    public static final String RECEIVER = "topology";

    public Announcement {
        bricks = List.copyOf(bricks);
    }

    /**
     * The actors that serve the pool's metadata.
     *
     * @param term number of the leadership under which they were started: of two nodes that claim to serve, the higher one does
     */
    public record Metadata(
            long term, ActorRef<NamespaceProtocol.Request> namespace, ActorRef<RegistryProtocol.Request> registry) {}

    /** One brick of the node. {@code reason} says why a quarantined brick is; empty otherwise. */
    public record Brick(
            BrickId id,
            VolumeId volume,
            BrickLocation location,
            BrickHealth health,
            String reason,
            BrickCapacity capacity,
            ActorRef<BrickProtocol.Request> actor) {}
}
