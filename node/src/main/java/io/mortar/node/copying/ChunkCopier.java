package io.mortar.node.copying;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gets one chunk onto one brick. Remembers nothing, so how many are on their way at once, and how fast, is for the caller; copying again is
 * harmless. Safe for use by several threads.
 */
public final class ChunkCopier {
    private static final Duration WATCH_PAUSE = Duration.ofMillis(500);

    private final ActorSystem<?> system;
    private final TopologyView topology;
    private final Duration timeout;

    /** @param timeout how long a brick may take for a chunk, all sources included, before it counts as failing */
    public ChunkCopier(ActorSystem<?> system, TopologyView topology, Duration timeout) {
        this.system = system;
        this.topology = topology;
        this.timeout = timeout;
    }

    /**
     * Bricks that cannot be reached are not asked, nor waited for when they become so. Never fails, and completes within the timeout, on
     * some thread.
     */
    public CompletionStage<CopyResult> copy(ChunkCopy copy) {
        PoolTopology now = topology.current();
        Optional<ActorRef<BrickProtocol.Request>> to = serving(now, copy.to());
        if (to.isEmpty()) {
            return done(new CopyResult.BrickFailed(unreachable(copy.to())));
        }
        List<ActorRef<BrickProtocol.Request>> sources = copy.sources().stream()
                .flatMap(source -> serving(now, source).stream())
                .limit(BrickProtocol.SOURCES_MAX)
                .toList();
        CompletableFuture<BrickProtocol.Reply> gone = new CompletableFuture<>();
        Cancellable watch = system.scheduler()
                .scheduleWithFixedDelay(
                        WATCH_PAUSE, WATCH_PAUSE, () -> endIfGone(copy.to(), gone), system.executionContext());
        CompletionStage<BrickProtocol.Reply> answer = AskPattern.<BrickProtocol.Request, BrickProtocol.Reply>ask(
                to.get(),
                replyTo ->
                        new BrickProtocol.FetchChunk(1, copy.chunk(), copy.sizeBytes(), copy.order(), sources, replyTo),
                timeout,
                system.scheduler());
        return answer.applyToEither(gone, reply -> reply).handle((reply, error) -> {
            watch.cancel();
            return reply == null ? failed(copy, error) : result(copy, sources, reply);
        });
    }

    /** What a brick does not answer that is known to be away need not be waited for. */
    private void endIfGone(BrickId brick, CompletableFuture<BrickProtocol.Reply> gone) {
        if (topology.current()
                .brick(brick)
                .filter(PoolTopology.Brick::reachable)
                .isEmpty()) {
            gone.complete(new BrickProtocol.BrickRefused(1, unreachable(brick)));
        }
    }

    private static Refusal unreachable(BrickId brick) {
        return new Refusal(RefusalCode.BRICK_DOWN, "brick " + brick + " cannot be reached");
    }

    private static Optional<ActorRef<BrickProtocol.Request>> serving(PoolTopology topology, BrickId brick) {
        return topology.brick(brick).filter(PoolTopology.Brick::isServing).map(PoolTopology.Brick::actor);
    }

    private CopyResult failed(ChunkCopy copy, @Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new CopyResult.BrickFailed(
                cause instanceof TimeoutException
                        ? new Refusal(RefusalCode.TIMED_OUT, "brick " + copy.to() + " did not answer within " + timeout)
                        : new Refusal(RefusalCode.INTERNAL, "brick " + copy.to() + " could not be asked: " + cause));
    }

    private static CopyResult result(
            ChunkCopy copy, List<ActorRef<BrickProtocol.Request>> sources, BrickProtocol.Reply reply) {
        if (reply instanceof BrickProtocol.ChunkStored) {
            return new CopyResult.Copied();
        }
        if (reply instanceof BrickProtocol.ChunkNotFetched none) {
            if (none.refusal().code() == RefusalCode.OVERLOADED) {
                return new CopyResult.Busy();
            }
            return new CopyResult.NotToBeHad(sources.isEmpty() ? unreachable(copy) : none.refusal());
        }
        if (reply instanceof BrickProtocol.BrickRefused refused) {
            return CopyResult.ofRefusal(refused.refusal());
        }
        throw new AssertionError("unhandled " + reply);
    }

    private static Refusal unreachable(ChunkCopy copy) {
        return new Refusal(
                RefusalCode.BRICK_DOWN,
                "chunk " + copy.chunk() + " cannot be had: none of the bricks " + copy.sources() + " can be reached");
    }

    private static CompletionStage<CopyResult> done(CopyResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
