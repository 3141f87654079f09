package io.mortar.node.coordinator;

import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.pool.PoolTopology;
import java.util.List;

/**
 * A volume's bricks as they are now: what the registry says about the volume, joined with what this node sees. Safe for use by
 * several threads.
 */
final class VolumePlacement {
    private final VolumeId volume;
    private final VolumeSpec spec;
    private final List<VolumeControl.PlacedBrick> placed;
    private final Surroundings surroundings;
    private final long leaseMillis;
    private final long purgeDelayMillis;

    VolumePlacement(VolumeControl.Serve volume, Surroundings surroundings) {
        this.volume = volume.id();
        this.spec = volume.spec();
        this.placed = volume.bricks();
        this.surroundings = surroundings;
        this.leaseMillis = surroundings.settings().lease().toMillis();
        this.purgeDelayMillis = surroundings.settings().purging().delay().toMillis();
    }

    VolumeId volume() {
        return volume;
    }

    VolumeSpec spec() {
        return spec;
    }

    /** Everything a rule needs to know at this moment. */
    VolumeContext context() {
        return new VolumeContext(
                volume,
                spec,
                bricks(),
                Math.min(surroundings.settings().copies().copiesMin(), spec.replicaCount()),
                surroundings.clock().millis(),
                leaseMillis,
                purgeDelayMillis,
                surroundings.random().nextLong());
    }

    private List<BrickState> bricks() {
        PoolTopology topology = surroundings.topology().current();
        return placed.stream().map(brick -> join(brick, topology)).toList();
    }

    private static BrickState join(VolumeControl.PlacedBrick placed, PoolTopology topology) {
        return topology.brick(placed.id())
                .map(brick -> new BrickState(
                        placed.id(),
                        placed.location(),
                        // A full brick would accept if it had room: what does not fit it is NO_SPACE, not a missing
                        // brick.
                        brick.isServing(),
                        brick.announced().capacity().freeBytes()))
                .orElseGet(() -> new BrickState(placed.id(), placed.location(), false, 0));
    }
}
