package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A volume as the registry knows it. Stored in snapshots, so that components are only ever added at the end.
 *
 * @param bricks in the order in which they were given, those that are leaving included
 * @param leaving bricks that are being taken out
 * @param shapeNumber grows with every change of the number of replicas; 0 as the volume was created
 * @param lastDeparture the highest number that a departure had
 * @param adding bricks that are being prepared and are not the volume's yet
 */
public record RegisteredVolume(
        VolumeId id,
        VolumeName name,
        VolumeSpec spec,
        VolumeState state,
        long createdMillis,
        List<OwnedBrick> bricks,
        List<Departure> leaving,
        int shapeNumber,
        int lastDeparture,
        @Nullable Addition adding) {
    public RegisteredVolume {
        bricks = List.copyOf(bricks);
        leaving = List.copyOf(leaving);
    }

    /** As it is created. */
    public RegisteredVolume(
            VolumeId id,
            VolumeName name,
            VolumeSpec spec,
            VolumeState state,
            long createdMillis,
            List<OwnedBrick> bricks) {
        this(id, name, spec, state, createdMillis, bricks, List.of(), 0, 0, null);
    }

    RegisteredVolume become(VolumeState next) {
        if (!state.canBecome(next)) {
            throw new AssertionError("volume " + name + " cannot go from " + state + " to " + next);
        }
        return new RegisteredVolume(
                id, name, spec, next, createdMillis, bricks, leaving, shapeNumber, lastDeparture, adding);
    }

    /** Whether a volume made of these arguments is this one; the order of bricks means nothing. */
    boolean isMadeOf(VolumeSpec otherSpec, List<BrickLocation> locations) {
        Set<BrickLocation> own = bricks.stream().map(OwnedBrick::location).collect(Collectors.toSet());
        return spec.equals(otherSpec) && own.size() == locations.size() && own.containsAll(locations);
    }

    /** How {@code brick} is being taken out, if it is. */
    public Optional<Departure> departure(BrickId brick) {
        return leaving.stream().filter(d -> d.brick().equals(brick)).findFirst();
    }

    public Optional<OwnedBrick> brick(BrickId brick) {
        return bricks.stream().filter(b -> b.id().equals(brick)).findFirst();
    }

    Optional<OwnedBrick> brick(BrickLocation location) {
        return bricks.stream().filter(b -> b.location().equals(location)).findFirst();
    }

    /** Its bricks that are not being taken out. */
    List<OwnedBrick> staying() {
        return bricks.stream().filter(b -> departure(b.id()).isEmpty()).toList();
    }

    /** Its bricks and those that are being prepared for it. */
    Stream<OwnedBrick> claimed() {
        return adding == null ? bricks.stream() : Stream.concat(bricks.stream(), adding.bricks().stream());
    }

    static Set<NodeName> machines(List<OwnedBrick> bricks) {
        return bricks.stream().map(b -> b.location().node()).collect(Collectors.toSet());
    }

    RegisteredVolume withBricks(Stream<OwnedBrick> next) {
        return new RegisteredVolume(
                id, name, spec, state, createdMillis, next.toList(), leaving, shapeNumber, lastDeparture, adding);
    }

    RegisteredVolume withLeaving(Stream<Departure> next, int last) {
        return new RegisteredVolume(
                id, name, spec, state, createdMillis, bricks, next.toList(), shapeNumber, last, adding);
    }

    RegisteredVolume withShape(VolumeSpec nextSpec, int nextNumber) {
        return new RegisteredVolume(
                id, name, nextSpec, state, createdMillis, bricks, leaving, nextNumber, lastDeparture, adding);
    }

    RegisteredVolume withAdding(@Nullable Addition next) {
        return new RegisteredVolume(
                id, name, spec, state, createdMillis, bricks, leaving, shapeNumber, lastDeparture, next);
    }
}
