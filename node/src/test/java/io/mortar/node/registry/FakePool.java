package io.mortar.node.registry;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Three nodes, bt1 to bt3, whose keepers are probes; bt1 holds the metadata. */
final class FakePool implements TopologyView {
    static final PoolId POOL = new PoolId(new UUID(9, 9));

    private final List<TestProbe<BrickAdminProtocol.Request>> keepers = new ArrayList<>();
    private final TestProbe<BrickProtocol.Request> brickActor;
    private final Map<NodeId, PoolTopology.Node> nodes = new ConcurrentHashMap<>();
    private final Map<BrickId, PoolTopology.Brick> bricks = new ConcurrentHashMap<>();

    FakePool(ActorTestKit kit) {
        brickActor = kit.createTestProbe();
        for (int n = 1; n <= 3; n++) {
            keepers.add(kit.createTestProbe());
            up(n);
        }
    }

    static NodeId node(int n) {
        return new NodeId(new UUID(0, n));
    }

    static NodeName name(int n) {
        return new NodeName("bt" + n);
    }

    static String address(int n) {
        return "10.0.0." + n + ":2551";
    }

    TestProbe<BrickAdminProtocol.Request> keeper(int n) {
        return keepers.get(n - 1);
    }

    void up(int n) {
        nodes.put(node(n), seen(n, true));
    }

    void down(int n) {
        nodes.put(node(n), seen(n, false));
    }

    void neverSeen(int n) {
        nodes.remove(node(n));
    }

    private PoolTopology.Node seen(int n, boolean reachable) {
        return new PoolTopology.Node(
                node(n),
                name(n),
                address(n),
                "http://10.0.0." + n + ":8080",
                reachable,
                keepers.get(n - 1).getRef());
    }

    void announce(int n, BrickId brick, String location, BrickHealth health, String reason) {
        var announced = new Announcement.Brick(
                brick,
                new VolumeId(1),
                BrickLocation.parse(location),
                health,
                reason,
                new BrickCapacity(100, 40, 60),
                brickActor.getRef());
        bricks.put(brick, new PoolTopology.Brick(node(n), true, announced));
    }

    @Override
    public PoolTopology current() {
        return new PoolTopology(node(1), POOL, name(1), null, null, new HashMap<>(nodes), new HashMap<>(bricks));
    }
}
