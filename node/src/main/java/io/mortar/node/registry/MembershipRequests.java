package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.Effect;
import io.mortar.core.pool.BrickId;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryCommand;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.registry.RegistryState;
import io.mortar.core.volume.VolumeName;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the registry does about the bricks and the shape of volumes that exist. Used by the registry's actor alone. */
final class MembershipRequests {
    private final RegistryEffects effects;
    private final VolumeSteps steps;
    private final Supplier<PoolTopology> topology;
    private final Supplier<BrickId> brickIds;

    MembershipRequests(
            RegistryEffects effects, VolumeSteps steps, Supplier<PoolTopology> topology, Supplier<BrickId> brickIds) {
        this.effects = effects;
        this.steps = steps;
        this.topology = topology;
        this.brickIds = brickIds;
    }

    Effect<RegistryEvent, RegistryState> onAddBricks(RegistryState state, RegistryProtocol.AddBricks message) {
        var command = new RegistryCommand.AddBricks(
                message.name(),
                message.bricks(),
                Stream.generate(brickIds).limit(message.bricks().size()).toList(),
                RegistryNeighbours.reachable(topology.get()));
        return adding(state, command, message.name(), message.replyTo());
    }

    Effect<RegistryEvent, RegistryState> onReplaceBrick(RegistryState state, RegistryProtocol.ReplaceBrick message) {
        var command = new RegistryCommand.ReplaceBrick(
                message.name(),
                message.old(),
                message.next(),
                brickIds.get(),
                RegistryNeighbours.reachable(topology.get()));
        return adding(state, command, message.name(), message.replyTo());
    }

    private Effect<RegistryEvent, RegistryState> adding(
            RegistryState state, RegistryCommand command, VolumeName name, ActorRef<Reply> replyTo) {
        boolean isRepeated = state.volume(name).filter(v -> v.adding() != null).isPresent();
        return effects.bounded(state, command, replyTo, next -> {
            RegisteredVolume volume = next.existing(name);
            steps.awaitAddition(volume, replyTo);
            if (!isRepeated) {
                PreparationPlan.addition(volume).ifPresent(steps::prepare);
            }
        });
    }

    Effect<RegistryEvent, RegistryState> onRemoveBricks(RegistryState state, RegistryProtocol.RemoveBricks message) {
        return change(
                state,
                new RegistryCommand.RemoveBricks(message.name(), message.bricks()),
                message.name(),
                message.replyTo());
    }

    Effect<RegistryEvent, RegistryState> onStopRemoval(RegistryState state, RegistryProtocol.StopRemoval message) {
        return change(
                state,
                new RegistryCommand.StopRemoval(message.name(), message.bricks()),
                message.name(),
                message.replyTo());
    }

    Effect<RegistryEvent, RegistryState> onSetReplica(RegistryState state, RegistryProtocol.SetReplica message) {
        return change(
                state,
                new RegistryCommand.SetReplica(message.name(), message.replicaCount()),
                message.name(),
                message.replyTo());
    }

    private Effect<RegistryEvent, RegistryState> change(
            RegistryState state, RegistryCommand command, VolumeName name, ActorRef<Reply> replyTo) {
        return effects.bounded(state, command, replyTo, next -> steps.changed(next.existing(name), replyTo));
    }

    Effect<RegistryEvent, RegistryState> onVacated(RegistryState state, VolumeControl.Vacated message) {
        return effects.step(
                state,
                message,
                new RegistryCommand.DetachBrick(message.volume(), message.brick(), message.departure()),
                next -> {
                    OwnedBrick brick = next.releasing(message.brick()).orElseThrow();
                    steps.detached(next.existing(message.volume()), brick);
                });
    }
}
