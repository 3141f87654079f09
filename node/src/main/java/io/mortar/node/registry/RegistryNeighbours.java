package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeId;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryState;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.pool.PoolTopology;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the registry tells the nodes' keepers of bricks and the namespace actor. Used by the registry's actor alone. */
final class RegistryNeighbours {
    private final ActorRef<VolumeControl.Request> namespace;
    private final Map<NodeId, ActorRef<BrickAdminProtocol.Request>> reconciled = new HashMap<>();

    RegistryNeighbours(ActorRef<VolumeControl.Request> namespace) {
        this.namespace = namespace;
    }

    ActorRef<VolumeControl.Request> namespace() {
        return namespace;
    }

    /** Brings the namespace actor to the volume's state; repeating it changes nothing. */
    void announce(RegisteredVolume volume, ActorRef<Object> self) {
        switch (volume.state()) {
            case CREATING -> {
                // not there for anybody until its bricks are
            }
            case CREATED, STOPPED -> namespace.tell(new VolumeControl.Suspend(volume.id(), volume.name()));
            case STARTED ->
                namespace.tell(new VolumeControl.Serve(
                        volume.id(),
                        volume.name(),
                        volume.spec(),
                        placed(volume),
                        volume.shapeNumber(),
                        self.narrow()));
            case DELETING -> namespace.tell(new VolumeControl.Drop(volume.id(), volume.name(), self.narrow()));
        }
    }

    private static List<VolumeControl.PlacedBrick> placed(RegisteredVolume volume) {
        return volume.bricks().stream()
                .map(b -> volume.departure(b.id())
                        .map(d -> new VolumeControl.PlacedBrick(b.id(), b.location(), d.number(), d.successor()))
                        .orElseGet(() -> new VolumeControl.PlacedBrick(b.id(), b.location())))
                .toList();
    }

    /** Asks for the bricks of nodes that can be reached; returns those that were asked for. */
    Set<BrickId> release(
            Collection<OwnedBrick> bricks, PoolTopology topology, ActorRef<BrickAdminProtocol.Reply> self) {
        Set<BrickId> asked = new HashSet<>();
        for (OwnedBrick brick : bricks) {
            PoolTopology.Node node = topology.nodes().get(brick.node());
            if (node != null && node.reachable()) {
                node.bricks().tell(new BrickAdminProtocol.ReleaseBrick(brick.id(), self));
                asked.add(brick.id());
            }
        }
        return asked;
    }

    /** Tells every node that came (back) since the last call which bricks it should have. */
    void reconcile(RegistryState state, PoolTopology topology) {
        for (PoolTopology.Node node : topology.nodes().values()) {
            if (!node.reachable()) {
                reconciled.remove(node.id());
            } else if (!node.bricks().equals(reconciled.put(node.id(), node.bricks()))) {
                List<BrickId> expected =
                        state.bricksOf(node.id()).stream().map(OwnedBrick::id).toList();
                node.bricks().tell(new BrickAdminProtocol.ReconcileBricks(expected));
            }
        }
    }

    static Set<NodeId> reachable(PoolTopology topology) {
        return topology.nodes().values().stream()
                .filter(PoolTopology.Node::reachable)
                .map(PoolTopology.Node::id)
                .collect(Collectors.toSet());
    }
}
