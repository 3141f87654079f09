package io.mortar.core.registry;

import static io.mortar.core.registry.RegistryRules.accepted;
import static io.mortar.core.registry.RegistryRules.refused;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the bricks and the number of replicas of a volume may be changed, as far as that can be known without its files. {@link
 * AdditionRules} decides about new bricks.
 */
final class MembershipRules {
    private MembershipRules() {}

    static Decision decide(RegistryState state, RegistryCommand command, RegistryLimits limits) {
        if (command instanceof RegistryCommand.AddBricks c) {
            return ready(state, c.name(), volume -> AdditionRules.add(state, volume, c, limits));
        }
        if (command instanceof RegistryCommand.ReplaceBrick c) {
            return ready(state, c.name(), volume -> AdditionRules.replace(state, volume, c, limits));
        }
        if (command instanceof RegistryCommand.CompleteAddition c) {
            return AdditionRules.complete(state, c);
        }
        if (command instanceof RegistryCommand.RollBackAddition c) {
            return AdditionRules.rollBack(state, c);
        }
        if (command instanceof RegistryCommand.RemoveBricks c) {
            return ready(state, c.name(), volume -> remove(volume, c.bricks()));
        }
        if (command instanceof RegistryCommand.StopRemoval c) {
            return ready(state, c.name(), volume -> stop(volume, c.bricks()));
        }
        if (command instanceof RegistryCommand.SetReplica c) {
            return ready(state, c.name(), volume -> setReplica(volume, c.replicaCount()));
        }
        if (command instanceof RegistryCommand.DetachBrick c) {
            boolean isEmptied = state.volume(c.volume())
                    .filter(v -> v.state() != VolumeState.DELETING)
                    .flatMap(v -> v.departure(c.brick()))
                    .filter(d -> d.number() == c.departure())
                    .isPresent();
            return isEmptied ? accepted(new RegistryEvent.BrickDetached(c.volume(), c.brick())) : accepted();
        }
        throw new AssertionError("unhandled " + command);
    }

    private static Decision ready(RegistryState state, VolumeName name, Function<RegisteredVolume, Decision> decision) {
        Optional<RegisteredVolume> found = state.volume(name);
        if (found.isEmpty()) {
            return RegistryRules.volumeNotFound(name);
        }
        return switch (found.get().state()) {
            case CREATED, STARTED, STOPPED -> decision.apply(found.get());
            case CREATING, DELETING -> RegistryRules.notReady(found.get(), "changed");
        };
    }

    /** Refused for as long as bricks are being prepared. */
    static Decision.Refused busy(RegisteredVolume volume, String attempt) {
        return refused(
                RefusalCode.OVERLOADED,
                attempt + ": bricks are being added to volume '" + volume.name() + "'; try again in a moment");
    }

    private static Decision remove(RegisteredVolume volume, List<BrickLocation> given) {
        String attempt = "no brick of volume '" + volume.name() + "' was removed";
        Optional<Decision.Refused> unknown = unknown(volume, given, attempt);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        List<OwnedBrick> staying = new ArrayList<>(volume.staying());
        List<OwnedBrick> going = new ArrayList<>();
        for (BrickLocation location : given) {
            OwnedBrick brick = volume.brick(location).orElseThrow();
            Optional<Decision.Refused> tied = tied(volume, brick, attempt);
            if (tied.isPresent()) {
                return tied.get();
            }
            if (staying.remove(brick)) {
                going.add(brick);
            }
        }
        if (going.isEmpty()) {
            return accepted();
        }
        if (volume.adding() != null) {
            return busy(volume, attempt);
        }
        return tooFew(volume.spec(), staying, attempt)
                .or(() -> notStarted(volume, attempt))
                .<Decision>map(r -> r)
                .orElseGet(() -> leaving(volume, going));
    }

    private static Decision leaving(RegisteredVolume volume, List<OwnedBrick> going) {
        List<RegistryEvent> events = new ArrayList<>();
        for (OwnedBrick brick : going) {
            events.add(new RegistryEvent.BrickLeaving(
                    volume.id(), brick.id(), null, volume.lastDeparture() + events.size() + 1));
        }
        return new Decision.Accepted(events);
    }

    /** Why a brick that replaces another, or is replaced, must not be taken out by itself. */
    static Optional<Decision.Refused> tied(RegisteredVolume volume, OwnedBrick brick, String attempt) {
        for (Departure departure : volume.leaving()) {
            if (departure.successor() != null
                    && (departure.brick().equals(brick.id())
                            || departure.successor().equals(brick.id()))) {
                String old = location(volume, departure.brick());
                return Optional.of(refused(
                        RefusalCode.BRICK_IN_USE,
                        attempt + ": " + location(volume, departure.successor()) + " is taking the place of " + old
                                + "; wait for that, or stop it with 'mortar volume remove-brick " + volume.name() + " "
                                + old + " stop'"));
            }
        }
        return Optional.empty();
    }

    private static String location(RegisteredVolume volume, BrickId brick) {
        return volume.brick(brick).map(b -> b.location().toString()).orElse(brick.toString());
    }

    private static Decision stop(RegisteredVolume volume, List<BrickLocation> given) {
        Optional<Decision.Refused> unknown =
                unknown(volume, given, "the removal of bricks of volume '" + volume.name() + "' was not stopped");
        if (unknown.isPresent()) {
            return unknown.get();
        }
        return new Decision.Accepted(given.stream()
                .map(location -> volume.brick(location).orElseThrow())
                .filter(brick -> volume.departure(brick.id()).isPresent())
                .<RegistryEvent>map(brick -> new RegistryEvent.DepartureStopped(volume.id(), brick.id()))
                .toList());
    }

    private static Decision setReplica(RegisteredVolume volume, int replicaCount) {
        String attempt = "the number of replicas of volume '" + volume.name() + "' was not changed";
        VolumeSpec spec = volume.spec();
        if (replicaCount < 1 || replicaCount > VolumeSpec.REPLICA_COUNT_MAX) {
            return refused(
                    RefusalCode.BAD_REQUEST,
                    attempt + ": replica " + replicaCount + " is not within 1.." + VolumeSpec.REPLICA_COUNT_MAX);
        }
        if (replicaCount == spec.replicaCount()) {
            return accepted();
        }
        if (volume.adding() != null) {
            return busy(volume, attempt);
        }
        VolumeSpec next = new VolumeSpec(spec.stripeCount(), replicaCount, spec.stripeUnitBytes());
        return tooFew(next, volume.staying(), attempt)
                .or(() -> notStarted(volume, attempt))
                .<Decision>map(r -> r)
                .orElseGet(
                        () -> accepted(new RegistryEvent.ReplicaChanged(volume.id(), next, volume.shapeNumber() + 1)));
    }

    /** Whether there is room for what is to be moved is known only of a volume whose files can be looked at. */
    private static Optional<Decision.Refused> notStarted(RegisteredVolume volume, String attempt) {
        return volume.state() == VolumeState.STARTED
                ? Optional.empty()
                : Optional.of(refused(
                        RefusalCode.VOLUME_NOT_STARTED,
                        attempt
                                + ": it is not started, and its files have to be looked at first; run 'mortar volume start "
                                + volume.name() + "'"));
    }

    /** Why a volume of this shape cannot do with {@code staying}: copies on one machine would be lost together. */
    static Optional<Decision.Refused> tooFew(VolumeSpec spec, List<OwnedBrick> staying, String attempt) {
        int machines = RegisteredVolume.machines(staying).size();
        if (machines >= spec.replicaCount()) {
            return Optional.empty();
        }
        return Optional.of(refused(
                RefusalCode.TOO_FEW_BRICKS,
                staying.isEmpty()
                        ? attempt + ": no brick would be left; add others first, or delete the volume"
                        : attempt + ": replica " + spec.replicaCount() + " keeps the copies of a chunk on "
                                + spec.replicaCount() + " distinct machines, and the bricks that stay would be on "
                                + machines + "; add bricks of more nodes first, with 'mortar volume add-brick'"));
    }

    /** Why {@code given} cannot be meant: empty, named twice, or not bricks of the volume. */
    static Optional<Decision.Refused> unknown(RegisteredVolume volume, List<BrickLocation> given, String attempt) {
        Set<BrickLocation> distinct = new HashSet<>(given);
        if (given.isEmpty() || distinct.size() < given.size()) {
            return Optional.of(refused(
                    RefusalCode.BAD_REQUEST,
                    attempt + ": " + (given.isEmpty() ? "no brick is given" : "a brick is given twice")));
        }
        List<BrickLocation> unknown = given.stream()
                .filter(location -> volume.brick(location).isEmpty())
                .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(refused(
                RefusalCode.NOT_FOUND,
                attempt + ": the volume does not have "
                        + unknown.stream().map(BrickLocation::toString).collect(Collectors.joining(", "))
                        + "; it has "
                        + volume.bricks().stream()
                                .map(b -> b.location().toString())
                                .collect(Collectors.joining(", "))));
    }
}
