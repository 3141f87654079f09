package io.mortar.gateway.admin;

import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request for a new volume; what may be left out is nullable, and the rest is missing when it is null. */
record CreateVolumeJson(
        @Nullable String name,
        @Nullable Integer stripe,
        @Nullable Integer replica,
        @Nullable Integer stripeUnitBytes,
        @Nullable List<@Nullable String> bricks) {
    private static final int STRIPE_UNIT_BYTES_DEFAULT = 1024 * 1024;

    /** The same request, checked. */
    record Checked(VolumeName name, VolumeSpec spec, List<BrickLocation> bricks) {}

    /** Refused with BAD_REQUEST when something is missing or not valid. */
    Checked checked() {
        if (name == null || stripe == null || bricks == null || bricks.contains(null)) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST, "a volume needs \"name\", \"stripe\" and \"bricks\": see docs/api.md");
        }
        try {
            return new Checked(
                    new VolumeName(name),
                    new VolumeSpec(
                            stripe,
                            replica == null ? 1 : replica,
                            stripeUnitBytes == null ? STRIPE_UNIT_BYTES_DEFAULT : stripeUnitBytes),
                    bricks.stream()
                            .map(String::valueOf)
                            .map(BrickLocation::parse)
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.BAD_REQUEST, "cannot create the volume: " + e.getMessage());
        }
    }
}
