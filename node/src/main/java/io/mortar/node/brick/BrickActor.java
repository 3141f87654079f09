package io.mortar.node.brick;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.node.brick.KeeperMessage.BrickFailed;
import io.mortar.node.brick.KeeperMessage.BrickReported;
import io.mortar.node.brick.store.BrickFailedException;
import io.mortar.node.brick.store.ChunkBytes;
import io.mortar.node.brick.store.ChunkStore;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One brick. Hands requests to the chunk store, whose threads do the work, and sends the answers. Its path is
 * {@code /user/bricks/<brick id>}, so it takes {@link BrickProtocol.Request} as they come, answers of other bricks, and its own
 * messages beside them.
 */
final class BrickActor {
    /** Requests that may wait until the store is open. */
    private static final int STASH_SIZE_MAX = 512;

    private final ActorContext<Object> context;
    private final Brick brick;
    private final String device;
    private final ChunkStore store;
    private final ChunkFetches fetches;
    private @Nullable String failure;
    private boolean measuring;

    /**
     * @param name for texts, such as {@code bt1:/srv/brick}
     * @param rightOfWay of all bricks of the node
     */
    record Brick(
            BrickIdentity identity,
            String name,
            BrickSettings settings,
            RightOfWay rightOfWay,
            ActorRef<Object> keeper) {}

    /** Asks the actor to stop, at once or as soon as it has opened the store, which it then closes. */
    enum Stop {
        NOW
    }

    private record Opened(BrickOpening.Opened opened) {}

    private record NotOpened(String reason) {}

    private record Settled(
            long requestId,
            ActorRef<BrickProtocol.Reply> replyTo,
            BrickProtocol.@Nullable Reply reply,
            @Nullable Throwable error) {}

    private record Measured(
            @Nullable BrickCapacity capacity, @Nullable Throwable error) {}

    private record Pruned(@Nullable Throwable error) {}

    private enum Tick {
        MEASURE,
        PRUNE
    }

    /** Opens the brick's directory and serves it. */
    static Behavior<Object> create(Brick brick, BrickOpening opening) {
        return Behaviors.setup(context -> Behaviors.withStash(STASH_SIZE_MAX, stash -> {
            Executor blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
            CompletionStage<Object> opened = CompletableFuture.supplyAsync(() -> open(brick, opening), blocking);
            context.pipeToSelf(opened, (result, error) -> error == null ? result : new NotOpened(error.toString()));
            return opening(context, brick, stash);
        }));
    }

    /** Refuses everything. */
    static Behavior<Object> createQuarantined(Brick brick, String reason) {
        brick.keeper()
                .tell(new BrickReported(
                        brick.identity().plan().brick(), BrickHealth.QUARANTINED, reason, BrickCapacity.NONE, ""));
        return Behaviors.receive(Object.class)
                .onMessage(BrickProtocol.Request.class, r -> {
                    refuse(r, down(brick, reason));
                    return Behaviors.same();
                })
                .onMessageEquals(Stop.NOW, Behaviors::stopped)
                .build();
    }

    private static Object open(Brick brick, BrickOpening opening) {
        try {
            return new Opened(opening.open(brick.identity(), brick.name()));
        } catch (UnusableBrickException e) {
            return new NotOpened(String.valueOf(e.getMessage()));
        }
    }

    private static Behavior<Object> opening(ActorContext<Object> context, Brick brick, StashBuffer<Object> stash) {
        return Behaviors.receive(Object.class)
                .onMessage(Opened.class, m -> {
                    context.getLog().info("brick opened brick={}", brick.name());
                    return stash.unstashAll(Behaviors.withTimers(
                            timers -> new BrickActor(context, brick, m.opened(), timers).serving()));
                })
                .onMessage(NotOpened.class, m -> {
                    context.getLog().error("brick not opened brick={} reason={}", brick.name(), m.reason());
                    return stash.unstashAll(createQuarantined(brick, m.reason()));
                })
                .onAnyMessage(m -> {
                    if (!stash.isFull()) {
                        stash.stash(m);
                    } else if (m instanceof BrickProtocol.Request request) {
                        refuse(
                                request,
                                new Refusal(
                                        RefusalCode.OVERLOADED,
                                        "brick " + brick.name() + " is being opened; try again shortly"));
                    }
                    return Behaviors.same();
                })
                .build();
    }

    private BrickActor(
            ActorContext<Object> context, Brick brick, BrickOpening.Opened opened, TimerScheduler<Object> timers) {
        this.context = context;
        this.brick = brick;
        this.store = opened.store();
        this.device = opened.device();
        this.fetches = new ChunkFetches(context, timers, store, brick, this::refusalOf);
        timers.startTimerWithFixedDelay(Tick.MEASURE, brick.settings().reportInterval());
        timers.startTimerWithFixedDelay(Tick.PRUNE, brick.settings().pruneInterval());
        onMeasure();
    }

    private Behavior<Object> serving() {
        return Behaviors.receive(Object.class)
                .onMessage(BrickProtocol.StoreChunk.class, this::onStore)
                .onMessage(BrickProtocol.ReadChunk.class, this::onRead)
                .onMessage(BrickProtocol.DeleteVersions.class, this::onDelete)
                .onMessage(BrickProtocol.DropCopies.class, this::onDrop)
                .onMessage(BrickProtocol.VerifyChunks.class, this::onVerify)
                .onMessage(BrickProtocol.ListVersions.class, this::onList)
                .onMessage(BrickProtocol.FetchChunk.class, this::onFetch)
                .onMessage(BrickProtocol.Reply.class, this::onReply)
                .onMessage(ChunkFetches.Step.class, this::onFetchStep)
                .onMessage(Settled.class, this::onSettled)
                .onMessage(Measured.class, this::onMeasured)
                .onMessage(Pruned.class, this::onPruned)
                .onMessageEquals(Tick.MEASURE, this::onMeasure)
                .onMessageEquals(Tick.PRUNE, this::onPrune)
                .onMessageEquals(Stop.NOW, Behaviors::stopped)
                .onSignal(PostStop.class, s -> onStopped())
                .build();
    }

    private Behavior<Object> onStore(BrickProtocol.StoreChunk request) {
        return settle(
                request.requestId(),
                request.replyTo(),
                forClient(
                        request.data().size(),
                        () -> store.store(request.chunk(), request.blockChecksums(), request.data())),
                done -> new BrickProtocol.ChunkStored(request.requestId()));
    }

    private Behavior<Object> onFetch(BrickProtocol.FetchChunk request) {
        fetches.onFetch(request);
        return Behaviors.same();
    }

    private Behavior<Object> onReply(BrickProtocol.Reply reply) {
        fetches.onReply(reply);
        return Behaviors.same();
    }

    private Behavior<Object> onFetchStep(ChunkFetches.Step step) {
        fetches.onStep(step);
        return Behaviors.same();
    }

    private Behavior<Object> onRead(BrickProtocol.ReadChunk request) {
        if (request.forCopy() && !brick.rightOfWay().admit(request.length())) {
            refuse(request, new Refusal(RefusalCode.OVERLOADED, "brick " + brick.name() + ChunkFetches.CLIENTS_FIRST));
            return Behaviors.same();
        }
        Supplier<CompletionStage<ChunkBytes>> read =
                () -> store.read(request.chunk(), request.offset(), request.length());
        return settle(
                request.requestId(),
                request.replyTo(),
                request.forCopy() ? read.get() : forClient(request.length(), read),
                bytes -> new BrickProtocol.ChunkData(request.requestId(), bytes.checksum(), bytes.data()));
    }

    private Behavior<Object> onDelete(BrickProtocol.DeleteVersions request) {
        return settle(
                request.requestId(),
                request.replyTo(),
                store.delete(request.versions()),
                done -> new BrickProtocol.VersionsDeleted(request.requestId()));
    }

    private Behavior<Object> onDrop(BrickProtocol.DropCopies request) {
        return settle(
                request.requestId(),
                request.replyTo(),
                store.drop(request.drops()),
                done -> new BrickProtocol.CopiesDropped(request.requestId()));
    }

    private Behavior<Object> onVerify(BrickProtocol.VerifyChunks request) {
        return settle(
                request.requestId(),
                request.replyTo(),
                store.verify(request.version(), request.indexes(), request.sizes()),
                found -> new BrickProtocol.ChunksVerified(
                        request.requestId(), found.missing(), found.corrupt(), found.bytes()));
    }

    private Behavior<Object> onList(BrickProtocol.ListVersions request) {
        return settle(
                request.requestId(),
                request.replyTo(),
                store.versions(request.volume(), request.cursor(), request.limit()),
                page -> new BrickProtocol.VersionsListed(request.requestId(), page.versions(), page.next()));
    }

    private <T> CompletionStage<T> forClient(long bytes, Supplier<CompletionStage<T>> work) {
        brick.rightOfWay().clientBegins(bytes);
        return work.get().whenComplete((done, error) -> brick.rightOfWay().clientEnds());
    }

    private <T> Behavior<Object> settle(
            long requestId,
            ActorRef<BrickProtocol.Reply> replyTo,
            CompletionStage<T> work,
            Function<T, BrickProtocol.Reply> reply) {
        CompletionStage<BrickProtocol.Reply> replied = work.thenApply(reply);
        context.pipeToSelf(replied, (done, error) -> new Settled(requestId, replyTo, done, error));
        return Behaviors.same();
    }

    private Behavior<Object> onSettled(Settled settled) {
        BrickProtocol.Reply reply = settled.reply();
        settled.replyTo()
                .tell(
                        reply != null
                                ? reply
                                : new BrickProtocol.BrickRefused(settled.requestId(), refusalOf(settled.error())));
        return Behaviors.same();
    }

    private Refusal refusalOf(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof RefusedException refused) {
            if (refused.refusal().code() == RefusalCode.CHUNK_CORRUPT) {
                context.getLog()
                        .warn(
                                "chunk damaged brick={} found={}",
                                brick.name(),
                                refused.refusal().text());
            }
            return refused.refusal();
        }
        if (cause instanceof BrickFailedException failed) {
            return down(brick, fail(failed));
        }
        context.getLog().error("request failed brick={}", brick.name(), cause);
        return new Refusal(
                RefusalCode.INTERNAL,
                "brick " + brick.name() + " met a fault of its own: " + cause + "; see its node's log");
    }

    /** The reason, which the first failure set. */
    private String fail(BrickFailedException failed) {
        if (failure == null) {
            failure = String.valueOf(failed.getMessage());
            context.getLog().error("brick quarantined brick={}", brick.name(), failed);
            brick.keeper().tell(new BrickFailed(brick.identity().plan().brick(), failure));
        }
        return failure;
    }

    private Behavior<Object> onMeasure() {
        if (!measuring) {
            measuring = true;
            context.pipeToSelf(store.capacity(), Measured::new);
        }
        return Behaviors.same();
    }

    private Behavior<Object> onMeasured(Measured measured) {
        measuring = false;
        BrickCapacity capacity = measured.capacity();
        if (capacity != null && failure == null) {
            BrickHealth health =
                    capacity.freeBytes() < 2L * ChunkStore.CHUNK_SIZE_BYTES_MAX ? BrickHealth.FULL : BrickHealth.ONLINE;
            brick.keeper().tell(new BrickReported(brick.identity().plan().brick(), health, "", capacity, device));
        } else if (capacity == null) {
            refusalOf(measured.error());
        }
        return Behaviors.same();
    }

    private Behavior<Object> onPrune() {
        context.pipeToSelf(store.forgetOldFences(), (done, error) -> new Pruned(error));
        return Behaviors.same();
    }

    private Behavior<Object> onPruned(Pruned pruned) {
        if (pruned.error() != null) {
            refusalOf(pruned.error());
        }
        return Behaviors.same();
    }

    /** Blocks: whoever waits for this actor to end wants the directory closed, and the process may end right after. */
    private Behavior<Object> onStopped() {
        try {
            store.close();
        } catch (RuntimeException e) {
            context.getLog().warn("brick not closed in order brick={}", brick.name(), e);
        }
        return Behaviors.same();
    }

    private static Refusal down(Brick brick, String reason) {
        return new Refusal(
                RefusalCode.BRICK_DOWN,
                "brick " + brick.name() + " is quarantined: " + reason
                        + "; files that need it cannot be read until it is back");
    }

    private static void refuse(BrickProtocol.Request request, Refusal refusal) {
        request.replyTo().tell(new BrickProtocol.BrickRefused(request.requestId(), refusal));
    }
}
