package io.mortar.client.report;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.List;
import java.util.UUID;

/** Nodes {@code bt1}, {@code bt2} and so on with bricks {@code /b}, by number. */
final class ReportFixture {
    static final BrickCapacity ROOMY = new BrickCapacity(100L << 20, 40L << 20, 60L << 20);

    private ReportFixture() {}

    static NodeId node(int number) {
        return new NodeId(new UUID(1, number));
    }

    static BrickId brickId(int number) {
        return new BrickId(new UUID(2, number));
    }

    static NodeStatus nodeStatus(int number, boolean reachable) {
        return new NodeStatus(node(number), new NodeName("bt" + number), "h" + number + ":2551", "", reachable, 1);
    }

    static BrickStatus online(int number) {
        return brick(number, BrickHealth.ONLINE, ROOMY);
    }

    static BrickStatus brick(int number, BrickHealth health) {
        return brick(number, health, ROOMY);
    }

    static BrickStatus brick(int number, BrickHealth health, BrickCapacity capacity) {
        return new BrickStatus(brickId(number), location(number), health, "", capacity);
    }

    static BrickLocation location(int number) {
        return BrickLocation.parse("bt" + number + ":/b");
    }

    static VolumeStatus volume(int stripe, int replica, BrickStatus... bricks) {
        return volume(stripe, replica, new VolumeUsage(1, 0, 1, 0, 2), bricks);
    }

    static VolumeStatus volume(int stripe, int replica, VolumeUsage usage, BrickStatus... bricks) {
        return new VolumeStatus(
                new VolumeId(1),
                new VolumeName("vol"),
                new VolumeSpec(stripe, replica, 1 << 20),
                VolumeState.STARTED,
                0,
                usage,
                List.of(bricks));
    }
}
