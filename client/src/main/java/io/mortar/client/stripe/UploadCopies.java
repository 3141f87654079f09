package io.mortar.client.stripe;

import akka.Done;
import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import io.mortar.client.transport.BrickTarget;
import io.mortar.client.transport.ChunkTransport;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one upload's chunks. Each chunk goes to all bricks of its column at the same time, out of one buffer. A brick that
 * fails, or is long after the others, is left out for the rest of the upload, so that it holds the upload up once; what it lacks is told
 * with the commit. Fewer copies than are asked for at least fail the upload. Safe for use by several threads.
 */
final class UploadCopies {
    private final ActorSystem<?> system;
    private final ChunkTransport transport;
    private final Outcome.WriteOpened opened;
    private final Duration copyWait;
    private final AvoidedBricks avoided;
    private final int copiesMin;
    private final Set<BrickId> leftOut = ConcurrentHashMap.newKeySet();
    /** Why bricks are left out, except for those that were when the upload began. */
    private final Map<BrickId, RefusedException> refusals = new ConcurrentHashMap<>();

    private final Set<BrickId> missing = ConcurrentHashMap.newKeySet();

    /**
     * @param copyWait how long a chunk waits for further copies when there are as many as are asked for at least
     * @param avoided told of bricks that fail
     */
    UploadCopies(
            ActorSystem<?> system,
            ChunkTransport transport,
            Outcome.WriteOpened opened,
            Duration copyWait,
            AvoidedBricks avoided) {
        this.system = system;
        this.transport = transport;
        this.opened = opened;
        this.copyWait = copyWait;
        this.avoided = avoided;
        this.copiesMin = Math.max(1, opened.copiesMin());
        leftOut.addAll(opened.unavailable());
    }

    /** Bricks that lack a chunk of those that were stored. */
    List<BrickId> missing() {
        return List.copyOf(missing);
    }

    /** Completes when no brick uses the chunk's bytes any more. */
    CompletionStage<Done> store(Chunk chunk) {
        return new ChunkCopies(chunk).begin();
    }

    /** The copies of one chunk. */
    private final class ChunkCopies {
        private final Chunk chunk;
        private final List<BrickTarget> column = new ArrayList<>();
        private final CompletableFuture<Done> done = new CompletableFuture<>();
        private final long begunNanos = System.nanoTime();
        private List<CompletableFuture<Done>> calls = List.of();
        private int pendingCount;
        private int storedCount;
        private @Nullable Cancellable giveUp;

        ChunkCopies(Chunk chunk) {
            this.chunk = chunk;
            int replicaCount = opened.striping().layout().replicaCount();
            int first = opened.striping().columnOf(chunk.index()) * replicaCount;
            for (int i = first; i < first + replicaCount; i++) {
                column.add(new BrickTarget(
                        opened.striping().layout().bricks().get(i),
                        opened.locations().get(i)));
            }
        }

        CompletionStage<Done> begin() {
            List<BrickTarget> asked = new ArrayList<>();
            for (BrickTarget brick : column) {
                if (leftOut.contains(brick.id())) {
                    missing.add(brick.id());
                } else {
                    asked.add(brick);
                }
            }
            if (asked.size() < copiesMin) {
                return CompletableFuture.failedFuture(tooFew());
            }
            ChunkId id = new ChunkId(opened.version(), chunk.index(), 0);
            List<CompletableFuture<Done>> started = new ArrayList<>();
            synchronized (this) {
                pendingCount = asked.size();
                for (BrickTarget brick : asked) {
                    started.add(transport.store(brick, id, chunk.data()).toCompletableFuture());
                }
                calls = started;
            }
            for (int i = 0; i < asked.size(); i++) {
                BrickTarget brick = asked.get(i);
                CompletionStage<Done> call = started.get(i);
                call.whenComplete((stored, failure) -> onAnswer(brick, failure));
            }
            return done;
        }

        private void onAnswer(BrickTarget brick, @Nullable Throwable failure) {
            if (failure != null) {
                avoided.note(brick.id(), failure);
                if (ChunkFailures.cause(failure) instanceof RefusedException refused) {
                    refusals.putIfAbsent(brick.id(), refused);
                }
                leftOut.add(brick.id());
                missing.add(brick.id());
            }
            RefusedException tooFew;
            synchronized (this) {
                pendingCount--;
                if (failure == null) {
                    storedCount++;
                }
                tooFew = storedCount + pendingCount < copiesMin ? tooFew() : null;
                if (storedCount >= copiesMin && pendingCount > 0 && giveUp == null) {
                    Duration left = copyWait.minusNanos(System.nanoTime() - begunNanos);
                    giveUp = system.scheduler()
                            .scheduleOnce(
                                    left.isNegative() ? Duration.ZERO : left,
                                    this::cancelCalls,
                                    system.executionContext());
                }
                if (pendingCount == 0 && giveUp != null) {
                    giveUp.cancel();
                }
                if (tooFew == null && pendingCount > 0) {
                    return;
                }
            }
            if (tooFew == null) {
                done.complete(Done.getInstance());
            } else {
                cancelCalls();
                done.completeExceptionally(tooFew);
            }
        }

        private void cancelCalls() {
            List<CompletableFuture<Done>> started;
            synchronized (this) {
                started = calls;
            }
            started.forEach(call -> call.cancel(false));
        }

        private RefusedException tooFew() {
            List<RefusedException> why = column.stream()
                    .map(brick -> refusals.get(brick.id()))
                    .filter(Objects::nonNull)
                    .toList();
            for (RefusedException refused : why) {
                RefusalCode code = refused.refusal().code();
                // The upload was given up, or there is no room: neither is the fault of a brick that is down.
                if (code == RefusalCode.LEASE_LOST || code == RefusalCode.NO_SPACE) {
                    return refused;
                }
            }
            String bricks = column.stream()
                    .filter(brick -> leftOut.contains(brick.id()))
                    .map(brick -> brick.location().toString())
                    .collect(Collectors.joining(", "));
            String texts = why.stream().map(refused -> refused.refusal().text()).collect(Collectors.joining("; "));
            return new RefusedException(
                    RefusalCode.BRICK_DOWN,
                    "a chunk could not be stored on " + copiesMin + " machines (min-copies), since bricks " + bricks
                            + " take no chunks now" + (texts.isEmpty() ? "" : " (" + texts + ")")
                            + ": see 'mortar pool status', then upload the file again");
        }
    }
}
