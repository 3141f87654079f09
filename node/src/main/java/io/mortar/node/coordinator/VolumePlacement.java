package io.mortar.node.coordinator;

import io.mortar.core.job.JobPace;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.pool.PoolTopology;
import java.util.List;

/**
 * A volume's bricks as they are now: what the registry said last about the volume, joined with what this node sees. It changes while the
 * volume is served; so nobody keeps what it says for longer than one step. Safe for use by several threads.
 */
final class VolumePlacement {
    private final Surroundings surroundings;
    private final long leaseMillis;
    private final long purgeDelayMillis;
    private volatile VolumeControl.Serve volume;
    private volatile long movedBytesPerSecond;

    VolumePlacement(VolumeControl.Serve volume, Surroundings surroundings) {
        this.volume = volume;
        this.surroundings = surroundings;
        this.leaseMillis = surroundings.settings().lease().toMillis();
        this.purgeDelayMillis = surroundings.settings().purging().delay().toMillis();
    }

    /** Takes what the registry says now about the same volume. */
    void update(VolumeControl.Serve next) {
        if (!next.id().equals(volume.id())) {
            throw new AssertionError("volume " + volume.id() + " cannot become volume " + next.id());
        }
        volume = next;
    }

    /** Takes what jobs of the volume reach while they move files; for plans. */
    void moved(long bytesPerSecond) {
        movedBytesPerSecond = bytesPerSecond;
    }

    VolumeId volume() {
        return volume.id();
    }

    VolumeSpec spec() {
        return volume.spec();
    }

    /** Grows with every change of the number of replicas. */
    int shapeNumber() {
        return volume.shapeNumber();
    }

    /** Whether the volume has {@code brick}, leaving or not; one that it had before and has no more has nothing of it. */
    boolean has(BrickId brick) {
        return volume.bricks().stream().anyMatch(placed -> placed.id().equals(brick));
    }

    /**
     * The number of the departure of {@code brick}, 0 if it stays. Whoever wants to prove that nothing is on the brick asks for it before
     * looking: when the departure is stopped and begun again meanwhile, files may have come that the look did not see.
     */
    int departure(BrickId brick) {
        return volume.bricks().stream()
                .filter(placed -> placed.id().equals(brick))
                .mapToInt(VolumeControl.PlacedBrick::departure)
                .findFirst()
                .orElse(0);
    }

    /**
     * Tells the registry that provably nothing of the volume is on {@code brick} since its departure of this number began, and that nothing
     * will be.
     */
    void vacated(BrickId brick, int departure) {
        VolumeControl.Serve current = volume;
        current.replyTo().tell(new VolumeControl.Vacated(current.id(), brick, departure));
    }

    /** Everything a rule needs to know at this moment. */
    VolumeContext context() {
        VolumeControl.Serve current = volume;
        return new VolumeContext(
                current.id(),
                current.spec(),
                bricks(current.bricks()),
                Math.min(
                        surroundings.settings().copies().copiesMin(),
                        current.spec().replicaCount()),
                surroundings.clock().millis(),
                leaseMillis,
                purgeDelayMillis,
                surroundings.settings().jobs().reserveBytes(),
                new JobPace(surroundings.settings().jobs().bytesPerSecond(), movedBytesPerSecond),
                surroundings.random().nextLong());
    }

    private List<BrickState> bricks(List<VolumeControl.PlacedBrick> placed) {
        PoolTopology topology = surroundings.topology().current();
        return placed.stream().map(brick -> join(brick, topology)).toList();
    }

    private static BrickState join(VolumeControl.PlacedBrick placed, PoolTopology topology) {
        return topology.brick(placed.id())
                .map(brick -> state(
                        placed,
                        // A full brick would accept if it had room: what does not fit it is NO_SPACE, not a missing
                        // brick.
                        brick.isServing(),
                        brick.announced().capacity().freeBytes(),
                        brick.announced().capacity().usedBytes()))
                .orElseGet(() -> state(placed, false, 0, 0));
    }

    private static BrickState state(VolumeControl.PlacedBrick placed, boolean serving, long freeBytes, long usedBytes) {
        return new BrickState(
                placed.id(),
                placed.location(),
                serving && !placed.leaving(),
                freeBytes,
                serving,
                usedBytes,
                placed.leaving(),
                placed.successor());
    }
}
