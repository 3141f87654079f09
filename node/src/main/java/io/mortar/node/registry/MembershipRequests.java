package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.Effect;
import io.mortar.core.pool.BrickId;
import io.mortar.core.registry.Addition;
import io.mortar.core.registry.Departure;
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
import java.util.List;
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
        return adding(state, message);
    }

    Effect<RegistryEvent, RegistryState> onReplaceBrick(RegistryState state, RegistryProtocol.ReplaceBrick message) {
        return adding(state, message);
    }

    private Effect<RegistryEvent, RegistryState> adding(RegistryState state, RegistryProtocol.ShapeChange message) {
        boolean isRepeated =
                state.volume(message.name()).filter(v -> v.adding() != null).isPresent();
        return effects.bounded(state, command(message), message.replyTo(), next -> {
            RegisteredVolume volume = next.existing(message.name());
            steps.awaitAddition(volume, message.replyTo());
            if (!isRepeated) {
                PreparationPlan.addition(volume).ifPresent(steps::prepare);
            }
        });
    }

    Effect<RegistryEvent, RegistryState> onRemoveBricks(RegistryState state, RegistryProtocol.RemoveBricks message) {
        return change(state, command(message), message.name(), message.replyTo());
    }

    Effect<RegistryEvent, RegistryState> onStopRemoval(RegistryState state, RegistryProtocol.StopRemoval message) {
        return change(
                state,
                new RegistryCommand.StopRemoval(message.name(), message.bricks()),
                message.name(),
                message.replyTo());
    }

    Effect<RegistryEvent, RegistryState> onSetReplica(RegistryState state, RegistryProtocol.SetReplica message) {
        return change(state, command(message), message.name(), message.replyTo());
    }

    /** Answers as the change itself would begin. */
    Effect<RegistryEvent, RegistryState> onTryChange(RegistryState state, RegistryProtocol.TryChange message) {
        RegistryProtocol.ShapeChange change = message.change();
        return effects.tried(state, command(change), message.replyTo(), events -> {
            RegistryState next = state;
            for (RegistryEvent event : events) {
                next = next.evolve(event);
            }
            message.replyTo().tell(allowed(next.existing(change.name()), !events.isEmpty()));
        });
    }

    private static RegistryProtocol.ChangeAllowed allowed(RegisteredVolume volume, boolean changes) {
        Addition adding = volume.adding();
        return new RegistryProtocol.ChangeAllowed(
                volume.id(),
                changes,
                volume.leaving().stream().map(Departure::brick).toList(),
                adding == null
                        ? List.of()
                        : adding.bricks().stream()
                                .map(b -> new RegistryProtocol.ComingBrick(b.id(), b.location()))
                                .toList(),
                adding == null ? null : adding.replaced());
    }

    private RegistryCommand command(RegistryProtocol.ShapeChange change) {
        if (change instanceof RegistryProtocol.AddBricks add) {
            return new RegistryCommand.AddBricks(
                    add.name(),
                    add.bricks(),
                    Stream.generate(brickIds).limit(add.bricks().size()).toList(),
                    RegistryNeighbours.reachable(topology.get()));
        }
        if (change instanceof RegistryProtocol.ReplaceBrick replace) {
            return new RegistryCommand.ReplaceBrick(
                    replace.name(),
                    replace.old(),
                    replace.next(),
                    brickIds.get(),
                    RegistryNeighbours.reachable(topology.get()));
        }
        if (change instanceof RegistryProtocol.RemoveBricks remove) {
            return new RegistryCommand.RemoveBricks(remove.name(), remove.bricks());
        }
        if (change instanceof RegistryProtocol.SetReplica set) {
            return new RegistryCommand.SetReplica(set.name(), set.replicaCount());
        }
        throw new AssertionError("unhandled " + change);
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
