package io.mortar.client.report;

import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.LayoutChooser;
import io.mortar.core.layout.UsableSpace;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Room of a volume.
 *
 * @param bricks the sum of its bricks
 * @param usedBytes what files and their checksums take, each byte counted once however many copies there are
 * @param freeBytes what files can still take: less than the bricks have by the copies, and by what a machine that is larger than the others
 *     cannot use, and never more than the quota of the volume's root leaves
 */
public record VolumeCapacity(BrickCapacity bricks, long usedBytes, long freeBytes) {
    /** What is assumed of min-copies while the coordinator has not said it: the default. */
    private static final int COPIES_MIN_DEFAULT = 2;

    /** That of {@code volume} as it is now: what is free on a brick that is away or leaving cannot be used. */
    public static VolumeCapacity of(VolumeStatus volume) {
        BrickCapacity sum =
                volume.bricks().stream().map(BrickStatus::capacity).reduce(BrickCapacity.NONE, BrickCapacity::plus);
        return new VolumeCapacity(
                sum,
                sum.usedBytes() / volume.spec().replicaCount(),
                Math.min(
                        UsableSpace.freeBytes(volume.spec(), copiesMin(volume), placement(volume)),
                        leftOfQuota(volume.usage())));
    }

    /** Bytes that the quota of the root leaves for files. */
    static long leftOfQuota(VolumeUsage usage) {
        Long quotaBytes = usage.quotaBytes();
        return quotaBytes == null ? Long.MAX_VALUE : Math.max(0, quotaBytes - usage.storedBytes());
    }

    /** How the coordinator would refuse a new file of unknown size for its bricks; null if it would not. The same rule decides. */
    static @Nullable RefusalCode refusalOfNewFiles(VolumeStatus volume) {
        return LayoutChooser.choose(volume.spec(), copiesMin(volume), placement(volume), -1, 0)
                        instanceof LayoutChooser.None none
                ? none.refusal().code()
                : null;
    }

    static boolean isServing(BrickStatus brick) {
        return brick.health() == BrickHealth.ONLINE || brick.health() == BrickHealth.FULL;
    }

    private static int copiesMin(VolumeStatus volume) {
        int known = volume.usage().copiesMin();
        return Math.min(known == 0 ? COPIES_MIN_DEFAULT : known, volume.spec().replicaCount());
    }

    private static List<BrickState> placement(VolumeStatus volume) {
        return volume.bricks().stream().map(VolumeCapacity::state).toList();
    }

    private static BrickState state(BrickStatus brick) {
        boolean serving = isServing(brick);
        return new BrickState(
                brick.id(),
                brick.location(),
                serving && !brick.leaving(),
                brick.health() == BrickHealth.ONLINE ? brick.capacity().freeBytes() : 0,
                serving,
                brick.capacity().usedBytes(),
                brick.leaving(),
                null);
    }
}
