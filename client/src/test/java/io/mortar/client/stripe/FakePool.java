package io.mortar.client.stripe;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A pool of brick actors that keep chunks in a map, with bricks that can be taken away, silenced or made to refuse. */
final class FakePool {
    final List<BrickId> brickIds;
    final Map<ChunkId, ByteString> chunks = new ConcurrentHashMap<>();
    /** Chunks that a brick has lost. */
    final Map<BrickId, Set<ChunkId>> lost = new ConcurrentHashMap<>();
    /** Chunks that a brick was told to store. */
    final Map<BrickId, Set<ChunkId>> stored = new ConcurrentHashMap<>();
    /** Reads that a brick answered. */
    final Map<BrickId, Integer> reads = new ConcurrentHashMap<>();
    /** The brick of the node that asks; null for all of them. */
    volatile @Nullable BrickId local;

    final Set<BrickId> unreachable = ConcurrentHashMap.newKeySet();
    final Set<BrickId> unheard = ConcurrentHashMap.newKeySet();
    final Set<BrickId> silent = ConcurrentHashMap.newKeySet();
    final Map<BrickId, RefusalCode> refusing = new ConcurrentHashMap<>();
    /** Requests that are swallowed before the first one is answered, per brick. */
    final Map<BrickId, Integer> swallowed = new ConcurrentHashMap<>();

    private final Map<BrickId, ActorRef<BrickProtocol.Request>> actors = new HashMap<>();
    private static final NodeId OTHER_NODE = new NodeId(new UUID(0, 99));
    private final NodeId node = new NodeId(UUID.randomUUID());
    private volatile @Nullable ActorRef<NamespaceProtocol.Request> namespace;

    FakePool(ActorTestKit kit, int brickCount) {
        brickIds = IntStream.range(0, brickCount)
                .mapToObj(i -> new BrickId(UUID.randomUUID()))
                .toList();
        brickIds.forEach(id -> actors.put(id, kit.spawn(brick(id))));
    }

    void namespace(@Nullable ActorRef<NamespaceProtocol.Request> actor) {
        namespace = actor;
    }

    BrickLocation location(BrickId id) {
        return new BrickLocation(new NodeName("bt" + (brickIds.indexOf(id) + 1)), "/brick");
    }

    PoolTopology topology() {
        Map<BrickId, PoolTopology.Brick> bricks = new HashMap<>();
        Set<BrickId> gone = new HashSet<>(unreachable);
        actors.forEach((id, actor) -> bricks.put(
                id,
                new PoolTopology.Brick(
                        local == null || id.equals(local) ? node : OTHER_NODE,
                        !gone.contains(id),
                        new Announcement.Brick(
                                id,
                                new VolumeId(1),
                                location(id),
                                BrickHealth.ONLINE,
                                "",
                                BrickCapacity.NONE,
                                actor))));
        bricks.keySet().removeAll(unheard);
        return new PoolTopology(
                node, new PoolId(new UUID(0, 1)), new NodeName("bt1"), namespace, null, Map.of(), bricks);
    }

    private Behavior<BrickProtocol.Request> brick(BrickId id) {
        return Behaviors.receiveMessage(request -> {
            int toSwallow = swallowed.getOrDefault(id, 0);
            if (toSwallow > 0) {
                swallowed.put(id, toSwallow - 1);
            } else if (!silent.contains(id)) {
                answer(id, request);
            }
            return Behaviors.same();
        });
    }

    private void answer(BrickId id, BrickProtocol.Request request) {
        RefusalCode refusal = refusing.get(id);
        if (request instanceof BrickProtocol.StoreChunk store) {
            if (refusal != null) {
                store.replyTo().tell(refused(store.requestId(), refusal));
                return;
            }
            chunks.put(store.chunk(), store.data());
            stored.computeIfAbsent(id, brick -> ConcurrentHashMap.newKeySet()).add(store.chunk());
            store.replyTo().tell(new BrickProtocol.ChunkStored(store.requestId()));
        } else if (request instanceof BrickProtocol.ReadChunk read) {
            reads.merge(id, 1, Integer::sum);
            ByteString chunk = lost.getOrDefault(id, Set.of()).contains(read.chunk()) ? null : chunks.get(read.chunk());
            if (refusal != null || chunk == null) {
                read.replyTo().tell(refused(read.requestId(), refusal == null ? RefusalCode.NOT_FOUND : refusal));
                return;
            }
            ByteString part = chunk.slice(read.offset(), read.offset() + read.length());
            int checksum = BlockChecksums.ofWhole(part.compact().asByteBuffer());
            read.replyTo().tell(new BrickProtocol.ChunkData(read.requestId(), checksum, part));
        } else {
            throw new AssertionError("unhandled " + request);
        }
    }

    private static BrickProtocol.BrickRefused refused(long requestId, RefusalCode code) {
        return new BrickProtocol.BrickRefused(requestId, new Refusal(code, "as the test wants"));
    }
}
