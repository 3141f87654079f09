package io.mortar.node.topology;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
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
    /** Who served last. */
    private @Nullable NodeName metadataNode;

    PoolPicture(NodeId self) {
        this.self = self;
    }

    void inPool(PoolId newPool, MetadataHolder holder) {
        pool = newPool;
        metadataNode = holder.name();
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
        SharedRoom room = new SharedRoom(announcements.values());
        for (Announcement a : announcements.values()) {
            boolean reachable = isReachable(a);
            nodes.put(
                    a.node(),
                    new PoolTopology.Node(a.node(), a.name(), a.address(), a.httpUrl(), reachable, a.brickKeeper()));
            a.bricks()
                    .forEach(brick ->
                            bricks.put(brick.id(), new PoolTopology.Brick(a.node(), reachable, room.share(brick))));
        }
        Announcement.Metadata serving = serving();
        return new PoolTopology(
                self,
                pool,
                metadataNode,
                serving == null ? null : serving.namespace(),
                serving == null ? null : serving.registry(),
                nodes,
                bricks);
    }

    /** Of the latest leadership, if its node can be reached; an earlier one's actors may not have noticed yet that it is over. */
    private Announcement.@Nullable Metadata serving() {
        Announcement latest = null;
        long term = Long.MIN_VALUE;
        for (Announcement a : announcements.values()) {
            if (a.metadata() != null && a.metadata().term() > term && isReachable(a)) {
                latest = a;
                term = a.metadata().term();
            }
        }
        if (latest == null) {
            return null;
        }
        metadataNode = latest.name();
        return latest.metadata();
    }

    private boolean isReachable(Announcement a) {
        return a.node().equals(self)
                || (Objects.equals(members.get(a.address()), a.incarnation()) && !unreachable.contains(a.address()));
    }
}
