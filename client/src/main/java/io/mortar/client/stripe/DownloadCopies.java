package io.mortar.client.stripe;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.util.ByteString;
import io.mortar.client.transport.BrickTarget;
import io.mortar.client.transport.ChunkTransport;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.FileView;
import io.mortar.core.pool.BrickId;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The copies that one download reads. A chunk is asked of the brick of this node, if it has one, else of the live ones in turn; of the
 * next one when a brick fails, and also when it has not answered for a while: then the first answer counts. A brick that failed or was
 * slow comes last for the rest of the download. Safe for use by several threads.
 */
final class DownloadCopies {
    private final Parts parts;
    private final FileView file;
    private final Striping striping;
    private final DamageReports damage;
    private final Set<BrickId> avoided = ConcurrentHashMap.newKeySet();

    /** @param hedgeDelay after which a brick that has not answered counts as slow */
    record Parts(ActorSystem<?> system, TopologyView topology, ChunkTransport transport, Duration hedgeDelay) {}

    /** Told of copies that are damaged or missing, when another one was found to be intact. */
    interface DamageReports {
        void report(BrickTarget brick, ChunkId chunk);
    }

    DownloadCopies(Parts parts, FileView file, Striping striping, DamageReports damage) {
        this.parts = parts;
        this.file = file;
        this.striping = striping;
        this.damage = damage;
    }

    /** Bytes {@code [offset, offset + length)} of a chunk. Fails when no copy can be had. */
    CompletionStage<ByteString> read(int index, int offset, int length) {
        return new ChunkRead(new ChunkId(file.version(), index, 0), offset, length).begin();
    }

    /** The bricks of a chunk, best first. */
    private List<BrickTarget> order(int index) {
        PoolTopology topology = parts.topology.current();
        int replicaCount = striping.layout().replicaCount();
        int first = striping.columnOf(index) * replicaCount;
        // Each copy in turn, both along a column and across columns.
        int turn = index / striping.layout().width() + index % striping.layout().width();
        return IntStream.range(0, replicaCount)
                .map(i -> first + Math.floorMod(turn + i, replicaCount))
                .mapToObj(i -> new BrickTarget(
                        striping.layout().bricks().get(i), file.locations().get(i)))
                .sorted(Comparator.comparingInt(brick -> rank(brick.id(), topology)))
                .toList();
    }

    private int rank(BrickId brick, PoolTopology topology) {
        if (avoided.contains(brick)) {
            return 3;
        }
        return topology.brick(brick)
                .filter(PoolTopology.Brick::reachable)
                .map(known -> known.node().equals(topology.self()) ? 0 : 1)
                .orElse(2);
    }

    /** One chunk. Fields are guarded by this; futures are completed outside. */
    private final class ChunkRead {
        private final ChunkId chunk;
        private final int offset;
        private final int length;
        private final List<BrickTarget> order;
        private final CompletableFuture<ByteString> result = new CompletableFuture<>();
        private final List<CompletableFuture<ByteString>> calls = new ArrayList<>();
        private final List<BrickTarget> damaged = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private int askedCount;
        private boolean ended;
        private @Nullable Cancellable hedge;

        ChunkRead(ChunkId chunk, int offset, int length) {
            this.chunk = chunk;
            this.offset = offset;
            this.length = length;
            this.order = order(chunk.index());
        }

        CompletionStage<ByteString> begin() {
            askNext();
            return result;
        }

        private void askNext() {
            BrickTarget brick;
            CompletableFuture<ByteString> call;
            synchronized (this) {
                if (ended || askedCount == order.size()) {
                    return;
                }
                brick = order.get(askedCount++);
                call = parts.transport.read(brick, chunk, offset, length).toCompletableFuture();
                calls.add(call);
                if (hedge != null) {
                    hedge.cancel();
                }
                hedge = askedCount == order.size()
                        ? null
                        : parts.system
                                .scheduler()
                                .scheduleOnce(parts.hedgeDelay, () -> onSlow(brick), parts.system.executionContext());
            }
            CompletionStage<ByteString> answer = call;
            answer.whenComplete((bytes, failure) -> {
                if (failure == null) {
                    onRead(bytes);
                } else {
                    onFailure(brick, failure);
                }
            });
        }

        private void onSlow(BrickTarget brick) {
            avoided.add(brick.id());
            askNext();
        }

        private void onRead(ByteString bytes) {
            List<CompletableFuture<ByteString>> others;
            synchronized (this) {
                if (ended) {
                    return;
                }
                end();
                others = List.copyOf(calls);
            }
            others.forEach(call -> call.cancel(false));
            result.complete(bytes);
            damaged.forEach(brick -> damage.report(brick, chunk));
        }

        private void onFailure(BrickTarget brick, Throwable failure) {
            boolean last;
            synchronized (this) {
                if (ended) {
                    return;
                }
                avoided.add(brick.id());
                if (ChunkFailures.isDamage(ChunkFailures.cause(failure))) {
                    damaged.add(brick);
                }
                failures.add(ChunkFailures.explained(failure, brick, chunk));
                last = failures.size() == order.size();
                if (last) {
                    end();
                }
            }
            if (last) {
                result.completeExceptionally(ChunkFailures.together(failures));
            } else {
                askNext();
            }
        }

        private void end() {
            ended = true;
            if (hedge != null) {
                hedge.cancel();
            }
        }
    }
}
