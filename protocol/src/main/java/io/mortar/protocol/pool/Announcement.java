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
 * @param namespace set by the metadata node alone, once it serves
 * @param registry set by the metadata node alone, once it serves
 */
public record Announcement(
        NodeId node,
        NodeName name,
        String address,
        String httpUrl,
        ActorRef<BrickAdminProtocol.Request> brickKeeper,
        @Nullable ActorRef<NamespaceProtocol.Request> namespace,
        @Nullable ActorRef<RegistryProtocol.Request> registry,
        List<Brick> bricks,
        long incarnation) {
    /** Name of the receiving actor under {@code /user}. */
    public static final String RECEIVER = "topology";

    public Announcement {
        bricks = List.copyOf(bricks);
    }

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
