package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** A pool of three nodes, bt1 to bt3, and the commands that the tests give it. */
final class Samples {
    static final RegistryLimits LIMITS = new RegistryLimits(4, 3, 5);
    static final RegistryRules RULES = new RegistryRules(LIMITS);
    static final VolumeSpec STRIPE_3 = new VolumeSpec(3, 1, 1 << 20);
    static final VolumeSpec REPLICA_3 = new VolumeSpec(1, 3, 1 << 20);
    static final VolumeSpec STRIPE_1 = new VolumeSpec(1, 1, 1 << 20);
    static final VolumeName VOLUME = new VolumeName("bt-vol");
    static final VolumeId FIRST = new VolumeId(1);
    static final Set<NodeId> ALL = Set.of(node(1), node(2), node(3));
    static final RegistryState POOL =
            RegistryState.EMPTY.evolve(registered(1)).evolve(registered(2)).evolve(registered(3));

    private Samples() {}

    static NodeId node(int n) {
        return new NodeId(new UUID(0, n));
    }

    static NodeName name(int n) {
        return new NodeName("bt" + n);
    }

    static RegistryEvent.NodeRegistered registered(int n) {
        return new RegistryEvent.NodeRegistered(node(n), name(n), "10.0.0." + n + ":2551");
    }

    static BrickId brick(int n) {
        return new BrickId(new UUID(1, n));
    }

    static RegistryCommand.CreateVolume create(String name, VolumeSpec spec, String... bricks) {
        return create(name, spec, ALL, bricks);
    }

    static RegistryCommand.CreateVolume create(String name, VolumeSpec spec, Set<NodeId> reachable, String... bricks) {
        List<BrickLocation> locations =
                Arrays.stream(bricks).map(BrickLocation::parse).toList();
        List<BrickId> ids =
                IntStream.range(0, bricks.length).mapToObj(Samples::brick).toList();
        return new RegistryCommand.CreateVolume(new VolumeName(name), spec, locations, ids, 1000, reachable);
    }

    static RegistryCommand.CreateVolume createStandard() {
        return create("bt-vol", STRIPE_3, "bt1:/b1", "bt2:/b2", "bt3:/b3");
    }

    static BrickLocation place(String brick) {
        return BrickLocation.parse(brick);
    }

    /** Adds bricks to {@code bt-vol}, with ids from 50 on. */
    static RegistryCommand.AddBricks add(String... bricks) {
        return new RegistryCommand.AddBricks(
                VOLUME,
                Arrays.stream(bricks).map(Samples::place).toList(),
                IntStream.range(50, 50 + bricks.length).mapToObj(Samples::brick).toList(),
                ALL);
    }

    /** The pool with the volume {@code bt-vol}, made to go through its life up to {@code state}. */
    static RegistryState volumeIn(VolumeState state) {
        RegistryState creating = after(POOL, createStandard());
        if (state == VolumeState.CREATING) {
            return creating;
        }
        RegistryState created = after(creating, new RegistryCommand.CompleteCreation(FIRST));
        RegistryState started = after(created, new RegistryCommand.StartVolume(VOLUME));
        return switch (state) {
            case CREATED -> created;
            case STARTED -> started;
            case STOPPED -> after(started, new RegistryCommand.StopVolume(VOLUME));
            case DELETING -> after(created, new RegistryCommand.DeleteVolume(VOLUME));
            case CREATING -> throw new AssertionError("handled above");
        };
    }

    /** The state after what was decided about an accepted command. */
    static RegistryState after(RegistryState state, RegistryCommand command) {
        return events(state, command).stream().reduce(state, RegistryState::evolve, (a, b) -> b);
    }

    static List<RegistryEvent> events(RegistryState state, RegistryCommand command) {
        Decision decision = RULES.decide(state, command);
        if (decision instanceof Decision.Accepted accepted) {
            return accepted.events();
        }
        throw new AssertionError("refused: " + decision);
    }

    static Refusal refusal(RegistryState state, RegistryCommand command) {
        Decision decision = RULES.decide(state, command);
        if (decision instanceof Decision.Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("accepted: " + decision);
    }
}
