package io.mortar.gateway.admin;

import io.mortar.gateway.json.Times;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A volume, as {@code docs/api.md} describes it. */
record VolumeJson(
        int id,
        String name,
        String state,
        String created,
        int stripe,
        int replica,
        int stripeUnitBytes,
        CapacityJson capacity,
        CapacityJson usable,
        @Nullable UsageJson usage,
        List<ReasonJson> reasons,
        List<BrickJson> bricks) {
    /** Why a volume is not as it should be. */
    record ReasonJson(String code, String text) {
        static List<ReasonJson> of(VolumeUsage usage) {
            return usage.reducedFileCount() <= 0
                    ? List.of()
                    : List.of(new ReasonJson(
                            "REDUNDANCY_REDUCED",
                            usage.reducedFileCount()
                                    + " file(s) have fewer copies than they should; they are healed when their bricks can"
                                    + " be reached"));
        }
    }

    record CapacityJson(long totalBytes, long usedBytes, long freeBytes) {
        static CapacityJson of(BrickCapacity capacity) {
            return new CapacityJson(capacity.totalBytes(), capacity.usedBytes(), capacity.freeBytes());
        }

        /** What files can use of it when {@code copies} of everything are kept. */
        CapacityJson sharedBy(int copies) {
            return new CapacityJson(totalBytes / copies, usedBytes / copies, freeBytes / copies);
        }

        CapacityJson plus(CapacityJson other) {
            return new CapacityJson(
                    totalBytes + other.totalBytes, usedBytes + other.usedBytes, freeBytes + other.freeBytes);
        }
    }

    record UsageJson(long files, long directories, long storedBytes, long reducedFiles) {
        static @Nullable UsageJson of(VolumeUsage usage) {
            return usage.isKnown()
                    ? new UsageJson(
                            usage.fileCount(), usage.directoryCount(), usage.storedBytes(), usage.reducedFileCount())
                    : null;
        }
    }

    record BrickJson(
            String id,
            String brick,
            String node,
            String directory,
            String health,
            String reason,
            CapacityJson capacity) {
        static BrickJson of(RegistryProtocol.BrickStatus brick) {
            return new BrickJson(
                    brick.id().toString(),
                    brick.location().toString(),
                    brick.location().node().value(),
                    brick.location().directory(),
                    brick.health().name(),
                    brick.reason(),
                    CapacityJson.of(brick.capacity()));
        }
    }

    static VolumeJson of(VolumeStatus volume) {
        List<BrickJson> bricks = volume.bricks().stream().map(BrickJson::of).toList();
        CapacityJson capacity =
                bricks.stream().map(BrickJson::capacity).reduce(new CapacityJson(0, 0, 0), CapacityJson::plus);
        return new VolumeJson(
                volume.id().value(),
                volume.name().value(),
                volume.state().name(),
                Times.iso(volume.createdMillis()),
                volume.spec().stripeCount(),
                volume.spec().replicaCount(),
                volume.spec().stripeUnitBytes(),
                capacity,
                capacity.sharedBy(volume.spec().replicaCount()),
                UsageJson.of(volume.usage()),
                ReasonJson.of(volume.usage()),
                bricks);
    }
}
