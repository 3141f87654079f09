package io.mortar.node.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.registry.Departure;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.core.registry.RegisteredNode;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryState;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the registry knows and what the topology shows at one moment, put together for people. */
final class VolumeStatuses {
    private final PoolTopology topology;
    private final Function<NodeId, Instant> lostSince;

    VolumeStatuses(PoolTopology topology, Function<NodeId, Instant> lostSince) {
        this.topology = topology;
        this.lostSince = lostSince;
    }

    /** @param prepared capacities of bricks that were prepared a moment ago, which their nodes may not have announced yet */
    VolumeStatus volume(RegisteredVolume volume, VolumeUsage usage, Map<BrickId, BrickCapacity> prepared) {
        return new VolumeStatus(
                volume.id(),
                volume.name(),
                volume.spec(),
                volume.state(),
                volume.createdMillis(),
                usage,
                volume.bricks().stream()
                        .map(b -> withDeparture(volume, brick(b, prepared.get(b.id()))))
                        .toList());
    }

    private static BrickStatus withDeparture(RegisteredVolume volume, BrickStatus brick) {
        return volume.departure(brick.id())
                .map(d -> new BrickStatus(
                        brick.id(),
                        brick.location(),
                        brick.health(),
                        brick.reason(),
                        brick.capacity(),
                        true,
                        successor(volume, d)))
                .orElse(brick);
    }

    private static @Nullable BrickLocation successor(RegisteredVolume volume, Departure departure) {
        BrickId successor = departure.successor();
        return successor == null
                ? null
                : volume.brick(successor).map(OwnedBrick::location).orElse(null);
    }

    private BrickStatus brick(OwnedBrick brick, @Nullable BrickCapacity prepared) {
        Optional<PoolTopology.Brick> seen = topology.brick(brick.id());
        BrickCapacity capacity =
                seen.map(b -> b.announced().capacity()).orElse(prepared == null ? BrickCapacity.NONE : prepared);
        PoolTopology.Node node = topology.nodes().get(brick.node());
        String name = "node " + brick.location().node();
        if (node == null) {
            return status(
                    brick,
                    BrickHealth.UNREACHABLE,
                    name + " has not been seen since the metadata node started at " + lostSince.apply(brick.node()),
                    capacity);
        }
        if (!node.reachable()) {
            return status(
                    brick,
                    BrickHealth.UNREACHABLE,
                    name + " cannot be reached since " + lostSince.apply(brick.node()),
                    capacity);
        }
        if (seen.isPresent()) {
            return status(
                    brick,
                    seen.get().announced().health(),
                    seen.get().announced().reason(),
                    capacity);
        }
        return prepared != null
                ? status(brick, BrickHealth.ONLINE, "", capacity)
                : status(
                        brick,
                        BrickHealth.UNREACHABLE,
                        name + " is up and does not have brick " + brick.id()
                                + ": see its log, its disk may not be mounted",
                        capacity);
    }

    private static BrickStatus status(OwnedBrick brick, BrickHealth health, String reason, BrickCapacity capacity) {
        return new BrickStatus(brick.id(), brick.location(), health, reason, capacity);
    }

    /** The pool, nodes by name. */
    RegistryProtocol.PoolDescribed pool(RegistryHome home, RegistryState state) {
        return new RegistryProtocol.PoolDescribed(
                home.pool(),
                home.name(),
                state.nodes().stream()
                        .sorted(Comparator.comparing(RegisteredNode::name))
                        .map(n -> node(n, state.bricksOf(n.id()).size()))
                        .toList());
    }

    private NodeStatus node(RegisteredNode registered, int brickCount) {
        PoolTopology.Node seen = topology.nodes().get(registered.id());
        return seen == null
                ? new NodeStatus(registered.id(), registered.name(), registered.address(), "", false, brickCount)
                : new NodeStatus(
                        registered.id(),
                        registered.name(),
                        seen.address(),
                        seen.httpUrl(),
                        seen.reachable(),
                        brickCount);
    }
}
