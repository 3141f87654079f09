package io.mortar.gateway.admin;

import io.mortar.client.report.VolumeCapacity;
import io.mortar.client.report.VolumeReport;
import io.mortar.core.pool.BrickLocation;
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
        String verdict,
        List<ReasonJson> reasons,
        boolean partial,
        @Nullable String asOf,
        String state,
        String created,
        int stripe,
        int replica,
        int stripeUnitBytes,
        CapacityJson capacity,
        UsableJson usable,
        @Nullable UsageJson usage,
        List<BrickJson> bricks) {
    record CapacityJson(long totalBytes, long usedBytes, long freeBytes, long reservedBytes) {
        static CapacityJson of(BrickCapacity capacity) {
            return new CapacityJson(
                    capacity.totalBytes(), capacity.usedBytes(), capacity.freeBytes(), capacity.reservedBytes());
        }
    }

    /** What files can use. */
    record UsableJson(long totalBytes, long usedBytes, long freeBytes) {
        static UsableJson of(VolumeCapacity capacity) {
            return new UsableJson(
                    capacity.usedBytes() + capacity.freeBytes(), capacity.usedBytes(), capacity.freeBytes());
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
            CapacityJson capacity,
            boolean leaving,
            @Nullable String successor) {
        static BrickJson of(RegistryProtocol.BrickStatus brick) {
            BrickLocation successor = brick.successor();
            return new BrickJson(
                    brick.id().toString(),
                    brick.location().toString(),
                    brick.location().node().value(),
                    brick.location().directory(),
                    brick.health().name(),
                    brick.reason(),
                    CapacityJson.of(brick.capacity()),
                    brick.leaving(),
                    successor == null ? null : successor.toString());
        }
    }

    static VolumeJson of(VolumeReport report) {
        VolumeStatus volume = report.status();
        List<BrickJson> bricks = volume.bricks().stream().map(BrickJson::of).toList();
        VolumeCapacity capacity = report.capacity();
        return new VolumeJson(
                volume.id().value(),
                volume.name().value(),
                report.verdict().name(),
                ReasonJson.of(report.reasons()),
                report.origin().partial(),
                OriginJson.asOf(report.origin()),
                volume.state().name(),
                Times.iso(volume.createdMillis()),
                volume.spec().stripeCount(),
                volume.spec().replicaCount(),
                volume.spec().stripeUnitBytes(),
                CapacityJson.of(capacity.bricks()),
                UsableJson.of(capacity),
                UsageJson.of(volume.usage()),
                bricks);
    }
}
