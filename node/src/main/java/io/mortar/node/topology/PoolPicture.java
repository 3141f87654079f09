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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts announcements and membership together. A node counts as reachable when it is a member, no member says that it cannot be
 * reached, and it has announced itself since it became a member: after a restart its actors are others than before. For one thread.
 */
final class PoolPicture {
    private final NodeId self;
    private final Map<NodeId, Announcement> announcements = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private final Set<String> unreachable = new HashSet<>();
    private final Set<NodeId> announcedSinceUp = new HashSet<>();
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
    void memberUp(String address) {
        members.add(address);
        unreachable.remove(address);
        announcements.values().stream()
                .filter(a -> a.address().equals(address) && !a.node().equals(self))
                .forEach(a -> announcedSinceUp.remove(a.node()));
    }

    void memberGone(String address) {
        members.remove(address);
        unreachable.remove(address);
    }

    void memberUnreachable(String address) {
        unreachable.add(address);
    }

    void memberReachable(String address) {
        unreachable.remove(address);
    }

    /** Whether the node's bricks, or anything else that others act on, changed by this. */
    boolean announced(Announcement announcement) {
        boolean first = announcedSinceUp.add(announcement.node());
        return !announcement.equals(announcements.put(announcement.node(), announcement)) || first;
    }

    Set<String> members() {
        return Set.copyOf(members);
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
                || (members.contains(a.address())
                        && !unreachable.contains(a.address())
                        && announcedSinceUp.contains(a.node()));
    }
}
