package io.mortar.core.registry;

import io.mortar.core.pool.BrickLocation;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A volume as the registry knows it; {@code bricks} are in the order in which they were given. */
public record RegisteredVolume(
        VolumeId id, VolumeName name, VolumeSpec spec, VolumeState state, long createdMillis, List<OwnedBrick> bricks) {
    public RegisteredVolume {
        bricks = List.copyOf(bricks);
    }

    RegisteredVolume become(VolumeState next) {
        if (!state.canBecome(next)) {
            throw new AssertionError("volume " + name + " cannot go from " + state + " to " + next);
        }
        return new RegisteredVolume(id, name, spec, next, createdMillis, bricks);
    }

    /** Whether a volume made of these arguments is this one; the order of bricks means nothing. */
    boolean isMadeOf(VolumeSpec otherSpec, List<BrickLocation> locations) {
        Set<BrickLocation> own = bricks.stream().map(OwnedBrick::location).collect(Collectors.toSet());
        return spec.equals(otherSpec) && own.size() == locations.size() && own.containsAll(locations);
    }
}
