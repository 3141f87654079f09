package io.mortar.client.report;

import io.mortar.core.pool.NodeId;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one node sees of nodes and bricks, laid over what the registry said last. Pure. */
final class OwnView {
    private final PoolTopology topology;

    OwnView(PoolTopology topology) {
        this.topology = topology;
    }

    /** Those that the registry named, and those that were only seen; by name. */
    List<NodeStatus> nodes(Collection<NodeStatus> named) {
        Map<NodeId, NodeStatus> all = new LinkedHashMap<>();
        named.forEach(node -> all.put(node.id(), node));
        topology.nodes().values().forEach(seen -> all.merge(seen.id(), node(seen), OwnView::present));
        named.stream()
                .filter(node -> !topology.nodes().containsKey(node.id()))
                .forEach(node -> all.put(node.id(), away(node)));
        return all.values().stream()
                .sorted(Comparator.comparing(NodeStatus::name))
                .toList();
    }

    private NodeStatus node(PoolTopology.Node seen) {
        long bricks = topology.bricks().values().stream()
                .filter(brick -> brick.node().equals(seen.id()))
                .count();
        return new NodeStatus(
                seen.id(), seen.name(), seen.address(), seen.httpUrl(), seen.reachable(), Math.toIntExact(bricks));
    }

    private static NodeStatus present(NodeStatus named, NodeStatus seen) {
        return new NodeStatus(
                seen.id(), seen.name(), seen.address(), seen.httpUrl(), seen.reachable(), named.brickCount());
    }

    private static NodeStatus away(NodeStatus named) {
        return new NodeStatus(named.id(), named.name(), named.address(), named.httpUrl(), false, named.brickCount());
    }

    /** The volume with its bricks as they are now. */
    VolumeStatus volume(VolumeStatus named) {
        return new VolumeStatus(
                named.id(),
                named.name(),
                named.spec(),
                named.state(),
                named.createdMillis(),
                named.usage(),
                named.bricks().stream().map(this::brick).toList());
    }

    private BrickStatus brick(BrickStatus named) {
        Optional<PoolTopology.Brick> seen = topology.brick(named.id());
        String node = "node " + named.location().node();
        if (seen.isEmpty()) {
            return unreachable(
                    named, node + " has not been seen with it since the asked node started", named.capacity());
        }
        if (!seen.get().reachable()) {
            return unreachable(
                    named, node + " cannot be reached", seen.get().announced().capacity());
        }
        return new BrickStatus(
                named.id(),
                named.location(),
                seen.get().announced().health(),
                seen.get().announced().reason(),
                seen.get().announced().capacity(),
                named.leaving(),
                named.successor());
    }

    private static BrickStatus unreachable(BrickStatus named, String reason, BrickCapacity capacity) {
        return new BrickStatus(
                named.id(),
                named.location(),
                BrickHealth.UNREACHABLE,
                reason,
                capacity,
                named.leaving(),
                named.successor());
    }
}
