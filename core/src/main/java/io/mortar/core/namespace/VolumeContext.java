package io.mortar.core.namespace;

import io.mortar.core.job.JobPace;
import io.mortar.core.layout.BrickState;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import java.util.List;

/**
 * What a rule needs to know beside the rows.
 *
 * @param bricks all bricks of the volume, as known now
 * @param copiesMin copies of a chunk that must be stored at once, from 1 to the number of replicas
 * @param nowMillis wall clock; becomes modification times and due times
 * @param leaseMillis how long a write lease lasts from its last renewal
 * @param purgeDelayMillis how long the chunks of a replaced or removed file are kept for readers that already know them
 * @param jobReserveBytes free space that background work leaves on each brick
 * @param jobPace how fast jobs move files; for plans
 * @param seed random; a rule mixes it with the number of the file, so that one context serves a whole batch
 */
public record VolumeContext(
        VolumeId volume,
        VolumeSpec spec,
        List<BrickState> bricks,
        int copiesMin,
        long nowMillis,
        long leaseMillis,
        long purgeDelayMillis,
        long jobReserveBytes,
        JobPace jobPace,
        long seed) {
    public VolumeContext {
        bricks = List.copyOf(bricks);
    }

    /** The location of {@code brick}, for texts; its number when it is none of the volume's any more. */
    public String nameOf(BrickId brick) {
        return bricks.stream()
                .filter(state -> state.id().equals(brick))
                .map(state -> state.location().toString())
                .findFirst()
                .orElse(brick.toString());
    }
}
