package io.mortar.node.coordinator;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Bricks {@code bt1:/srv/brick}, {@code bt2:/srv/brick}, ... behind which a test sits. */
final class ProbeBricks {
    private static final long TOTAL_BYTES = 1L << 40;

    final List<TestProbe<BrickProtocol.Request>> probes = new ArrayList<>();
    /** Told of bricks that have nothing of a volume any more. */
    final TestProbe<VolumeControl.Vacated> registry;

    private final Set<Integer> down = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Long> free = new ConcurrentHashMap<>();

    ProbeBricks(ActorTestKit kit, int count) {
        registry = kit.createTestProbe();
        for (int i = 0; i < count; i++) {
            probes.add(kit.createTestProbe(BrickProtocol.Request.class));
        }
    }

    void takeDown(int index) {
        down.add(index);
    }

    void bringBack(int index) {
        down.remove(index);
    }

    /** Has the brick announce that it has so much left, of a TiB. */
    void leave(int index, long freeBytes) {
        free.put(index, freeBytes);
    }

    /** All bricks, as the registry would have them served. */
    VolumeControl.Serve serve(VolumeId id, VolumeName name, VolumeSpec spec) {
        return serve(id, name, spec, placed());
    }

    VolumeControl.Serve serve(VolumeId id, VolumeName name, VolumeSpec spec, List<VolumeControl.PlacedBrick> placed) {
        return new VolumeControl.Serve(id, name, spec, placed, 0, registry.getRef());
    }

    List<VolumeControl.PlacedBrick> placed() {
        List<VolumeControl.PlacedBrick> placed = new ArrayList<>();
        for (int i = 0; i < probes.size(); i++) {
            placed.add(new VolumeControl.PlacedBrick(id(i), location(i)));
        }
        return placed;
    }

    static BrickId id(int index) {
        return new BrickId(new UUID(0, index + 1));
    }

    static BrickLocation location(int index) {
        return new BrickLocation(new NodeName("bt" + (index + 1)), "/srv/brick");
    }

    private static BrickCapacity capacity(long freeBytes) {
        return new BrickCapacity(TOTAL_BYTES, TOTAL_BYTES - freeBytes, freeBytes);
    }

    PoolTopology topology() {
        NodeId node = new NodeId(new UUID(0, 99));
        Map<BrickId, PoolTopology.Brick> bricks = new HashMap<>();
        for (int i = 0; i < probes.size(); i++) {
            Announcement.Brick announced = new Announcement.Brick(
                    id(i),
                    new VolumeId(7),
                    location(i),
                    BrickHealth.ONLINE,
                    "",
                    capacity(free.getOrDefault(i, TOTAL_BYTES)),
                    probes.get(i).getRef());
            bricks.put(id(i), new PoolTopology.Brick(node, !down.contains(i), announced));
        }
        return new PoolTopology(node, null, null, null, null, Map.of(), bricks);
    }
}
