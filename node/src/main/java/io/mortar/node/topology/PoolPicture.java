package io.mortar.node.topology;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts announcements and membership together. A node counts as reachable when it is a member, no member says that it cannot be
 * reached, and its announcement is of the process that is the member: after a restart its actors are others than before. For one
 * thread.
 */
final class PoolPicture {
    private final NodeId self;
    private final Map<NodeId, Announcement> announcements = new HashMap<>();
    /** Incarnation of the member at each address. */
    private final Map<String, Long> members = new HashMap<>();

    private final Set<String> unreachable = new HashSet<>();
    private @Nullable PoolId pool;
    private @Nullable MetadataHolder metadataHolder;

    PoolPicture(NodeId self) {
        this.self = self;
    }

    void inPool(PoolId newPool, MetadataHolder holder) {
        pool = newPool;
        metadataHolder = holder;
    }

    /** A process at this address became a member. */
    void memberUp(String address, long incarnation) {
        members.put(address, incarnation);
        unreachable.remove(address);
    }

    /** A process is no member any more; one that took its address since then is not touched. */
    void memberGone(String address, long incarnation) {
        if (members.remove(address, incarnation)) {
            unreachable.remove(address);
        }
    }

    void memberUnreachable(String address) {
        unreachable.add(address);
    }

    void memberReachable(String address) {
        unreachable.remove(address);
    }

    /** Whether this says anything new. */
    boolean announced(Announcement announcement) {
        return !announcement.equals(announcements.put(announcement.node(), announcement));
    }

    Set<String> members() {
        return Set.copyOf(members.keySet());
    }

    PoolTopology draw() {
        Map<NodeId, PoolTopology.Node> nodes = new HashMap<>();
        Map<BrickId, PoolTopology.Brick> bricks = new HashMap<>();
        for (Announcement a : announcements.values()) {
            boolean reachable = isReachable(a);
            nodes.put(
                    a.node(),
                    new PoolTopology.Node(a.node(), a.name(), a.address(), a.httpUrl(), reachable, a.brickKeeper()));
            a.bricks().forEach(brick -> bricks.put(brick.id(), new PoolTopology.Brick(a.node(), reachable, brick)));
        }
        MetadataHolder holder = metadataHolder;
        Announcement metadata = holder == null ? null : announcements.get(holder.node());
        Announcement serving = metadata != null && isReachable(metadata) ? metadata : null;
        return new PoolTopology(
                self,
                pool,
                holder == null ? null : holder.name(),
                serving == null ? null : serving.namespace(),
                serving == null ? null : serving.registry(),
                nodes,
                bricks);
    }

    private boolean isReachable(Announcement a) {
        return a.node().equals(self)
                || (Objects.equals(members.get(a.address()), a.incarnation()) && !unreachable.contains(a.address()));
    }
}
