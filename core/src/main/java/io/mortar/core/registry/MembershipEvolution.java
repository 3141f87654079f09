package io.mortar.core.registry;

import static io.mortar.core.registry.RegistryEvolution.require;

import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeState;
import java.util.List;
import java.util.stream.Stream;

/** How the events of a volume's bricks change the state; used live and at recovery alike. */
final class MembershipEvolution {
    private MembershipEvolution() {}

    static RegistryState apply(RegistryState state, RegistryEvent event) {
        if (event instanceof RegistryEvent.BricksAdding e) {
            RegisteredVolume volume = existing(state, e.volume());
            require(volume.adding() == null, state, event);
            return with(state, volume.withAdding(new Addition(e.bricks(), e.replaced())));
        }
        if (event instanceof RegistryEvent.BricksAdded e) {
            RegisteredVolume volume = existing(state, e.volume());
            List<OwnedBrick> added = added(state, event, volume);
            return with(
                    state,
                    volume.withBricks(Stream.concat(volume.bricks().stream(), added.stream()))
                            .withAdding(null));
        }
        if (event instanceof RegistryEvent.BricksAddFailed e) {
            RegisteredVolume volume = existing(state, e.volume());
            List<OwnedBrick> given = added(state, event, volume);
            return releasing(with(state, volume.withAdding(null)), given.stream());
        }
        if (event instanceof RegistryEvent.BrickLeaving e) {
            RegisteredVolume volume = existing(state, e.volume());
            require(
                    volume.brick(e.brick()).isPresent()
                            && volume.departure(e.brick()).isEmpty()
                            && e.number() > volume.lastDeparture(),
                    state,
                    event);
            Departure departure = new Departure(e.brick(), e.successor(), e.number());
            return with(
                    state,
                    volume.withLeaving(Stream.concat(volume.leaving().stream(), Stream.of(departure)), e.number()));
        }
        if (event instanceof RegistryEvent.DepartureStopped e) {
            return with(state, withoutDeparture(state, event, existing(state, e.volume()), e.brick()));
        }
        if (event instanceof RegistryEvent.BrickDetached e) {
            RegisteredVolume volume = existing(state, e.volume());
            RegisteredVolume left = withoutDeparture(state, event, volume, e.brick())
                    .withBricks(volume.bricks().stream().filter(b -> !b.id().equals(e.brick())));
            return releasing(with(state, left), volume.brick(e.brick()).stream());
        }
        if (event instanceof RegistryEvent.ReplicaChanged e) {
            RegisteredVolume volume = existing(state, e.volume());
            require(e.shapeNumber() > volume.shapeNumber(), state, event);
            return with(state, volume.withShape(e.spec(), e.shapeNumber()));
        }
        throw new AssertionError("unhandled " + event);
    }

    private static RegisteredVolume existing(RegistryState state, VolumeId id) {
        RegisteredVolume volume = state.existing(id);
        if (volume.state() == VolumeState.CREATING || volume.state() == VolumeState.DELETING) {
            throw new AssertionError("volume " + volume.name() + " is " + volume.state() + " and its bricks changed");
        }
        return volume;
    }

    private static List<OwnedBrick> added(RegistryState state, RegistryEvent event, RegisteredVolume volume) {
        Addition adding = volume.adding();
        require(adding != null, state, event);
        return adding == null ? List.of() : adding.bricks();
    }

    private static RegisteredVolume withoutDeparture(
            RegistryState state, RegistryEvent event, RegisteredVolume volume, BrickId brick) {
        require(volume.departure(brick).isPresent(), state, event);
        return volume.withLeaving(
                volume.leaving().stream().filter(d -> !d.brick().equals(brick)), volume.lastDeparture());
    }

    private static RegistryState with(RegistryState state, RegisteredVolume changed) {
        return state.withVolumes(state.volumes().stream().map(v -> v.id().equals(changed.id()) ? changed : v));
    }

    private static RegistryState releasing(RegistryState state, Stream<OwnedBrick> bricks) {
        return state.withReleasing(Stream.concat(state.releasing().stream(), bricks));
    }
}
