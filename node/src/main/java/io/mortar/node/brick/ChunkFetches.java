package io.mortar.node.brick;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.brick.store.ChunkStore;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.FetchChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chunks that a brick gets from other bricks. Their answers come to the brick's own actor, whose path is on Artery's large-message lane.
 * Each source is asked once and for a bounded time; what it sends later is not taken. Used by the brick's actor alone.
 */
final class ChunkFetches {
    static final String CLIENTS_FIRST = " serves clients first; try again shortly";

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final ChunkStore store;
    private final FetchSettings settings;
    private final RightOfWay rightOfWay;
    private final String brick;
    private final Function<@Nullable Throwable, Refusal> refusals;
    /** By the number of the step that each waits for, a source's answer or the disk. No number is used twice. */
    private final Map<Long, Fetch> running = new HashMap<>();

    private long runningBytes;
    private long lastId;

    /** What became of something that a fetch began. */
    sealed interface Step {
        long id();
    }

    private record Prepared(
            long id, @Nullable Boolean isHere, @Nullable Throwable error) implements Step {}

    private record Stored(long id, @Nullable Throwable error) implements Step {}

    private record SourceTimedOut(long id) implements Step {}

    /**
     * @param store open
     * @param refusals what to answer after an error of the store
     */
    ChunkFetches(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            ChunkStore store,
            BrickActor.Brick brick,
            Function<@Nullable Throwable, Refusal> refusals) {
        this.context = context;
        this.timers = timers;
        this.store = store;
        this.settings = brick.settings().fetching();
        this.rightOfWay = brick.rightOfWay();
        this.brick = brick.name();
        this.refusals = refusals;
    }

    /** One chunk. */
    private static final class Fetch {
        final FetchChunk request;
        final List<String> failures = new ArrayList<>();
        int nextSource;
        RefusalCode code = RefusalCode.NOT_FOUND;

        Fetch(FetchChunk request) {
            this.request = request;
        }
    }

    void onFetch(FetchChunk request) {
        boolean tooManyBytes = !running.isEmpty() && runningBytes + request.sizeBytes() > settings.bytesMax();
        if (running.size() >= settings.countMax() || tooManyBytes) {
            refuse(request, RefusalCode.OVERLOADED, " gets too many chunks from other bricks; try again shortly");
        } else if (request.sources().size() > BrickProtocol.SOURCES_MAX) {
            refuse(request, RefusalCode.BAD_REQUEST, " was told more than " + BrickProtocol.SOURCES_MAX + " sources");
        } else if (!rightOfWay.admit(request.sizeBytes())) {
            refuse(request, RefusalCode.OVERLOADED, CLIENTS_FIRST);
        } else {
            long id = begin(new Fetch(request));
            runningBytes += request.sizeBytes();
            context.pipeToSelf(
                    store.prepareCopy(request.chunk(), request.sizeBytes(), request.order()),
                    (isHere, error) -> new Prepared(id, isHere, error));
        }
    }

    private void refuse(FetchChunk request, RefusalCode code, String why) {
        Refusal refusal = new Refusal(code, "brick " + brick + why);
        request.replyTo().tell(new BrickProtocol.BrickRefused(request.requestId(), refusal));
    }

    private long begin(Fetch fetch) {
        running.put(++lastId, fetch);
        return lastId;
    }

    void onStep(Step step) {
        Fetch fetch = running.remove(step.id());
        if (fetch == null) {
            return; // a source answered just before its time was over
        }
        if (step instanceof Prepared prepared) {
            onPrepared(fetch, prepared);
        } else if (step instanceof Stored stored) {
            onStored(fetch, stored.error());
        } else if (step instanceof SourceTimedOut) {
            sourceFailed(
                    fetch,
                    new Refusal(
                            RefusalCode.BRICK_DOWN,
                            "brick " + asked(fetch).path() + " did not answer within " + settings.sourceTimeout()));
        } else {
            throw new AssertionError("unhandled " + step);
        }
    }

    private void onPrepared(Fetch fetch, Prepared prepared) {
        if (prepared.isHere() == null) {
            end(fetch, new BrickProtocol.BrickRefused(fetch.request.requestId(), refusals.apply(prepared.error())));
        } else if (prepared.isHere()) {
            end(fetch, new BrickProtocol.ChunkStored(fetch.request.requestId()));
        } else {
            askNextSource(fetch);
        }
    }

    private void askNextSource(Fetch fetch) {
        FetchChunk request = fetch.request;
        if (fetch.nextSource == request.sources().size()) {
            String text = "chunk " + request.chunk() + " cannot be had by brick " + brick + ": "
                    + (fetch.failures.isEmpty() ? "no brick to get it from" : String.join("; ", fetch.failures));
            end(fetch, new BrickProtocol.ChunkNotFetched(request.requestId(), new Refusal(fetch.code, text)));
            return;
        }
        fetch.nextSource++;
        long id = begin(fetch);
        ActorRef<BrickProtocol.Reply> self = context.getSelf().narrow();
        asked(fetch).tell(new BrickProtocol.ReadChunk(id, request.chunk(), 0, request.sizeBytes(), self, true));
        timers.startSingleTimer(id, new SourceTimedOut(id), settings.sourceTimeout());
    }

    private static ActorRef<BrickProtocol.Request> asked(Fetch fetch) {
        return fetch.request.sources().get(fetch.nextSource - 1);
    }

    /** An answer of another brick. */
    void onReply(BrickProtocol.Reply reply) {
        Fetch fetch = running.remove(reply.requestId());
        if (fetch == null) {
            return; // it came too late
        }
        timers.cancel(reply.requestId());
        FetchChunk request = fetch.request;
        if (reply instanceof BrickProtocol.ChunkData data) {
            long id = begin(fetch);
            context.pipeToSelf(
                    store.storeCopy(
                            request.chunk(), request.sizeBytes(), request.order(), data.checksum(), data.data()),
                    (done, error) -> new Stored(id, error));
        } else if (reply instanceof BrickProtocol.BrickRefused refused) {
            sourceFailed(fetch, refused.refusal());
        } else {
            throw new AssertionError("unhandled " + reply);
        }
    }

    private void onStored(Fetch fetch, @Nullable Throwable error) {
        if (error == null) {
            end(fetch, new BrickProtocol.ChunkStored(fetch.request.requestId()));
            return;
        }
        Refusal refusal = refusals.apply(error);
        if (refusal.code() == RefusalCode.BAD_DIGEST) {
            sourceFailed(fetch, refusal);
        } else {
            end(fetch, new BrickProtocol.BrickRefused(fetch.request.requestId(), refusal));
        }
    }

    private void sourceFailed(Fetch fetch, Refusal why) {
        fetch.failures.add(why.text());
        // Whoever is busy may give it later: that is what matters to whoever asked.
        fetch.code = fetch.code == RefusalCode.OVERLOADED ? fetch.code : why.code();
        askNextSource(fetch);
    }

    private void end(Fetch fetch, BrickProtocol.Reply reply) {
        runningBytes -= fetch.request.sizeBytes();
        if (!(reply instanceof BrickProtocol.ChunkStored)) {
            rightOfWay.giveBack(fetch.request.sizeBytes());
        }
        fetch.request.replyTo().tell(reply);
    }
}
