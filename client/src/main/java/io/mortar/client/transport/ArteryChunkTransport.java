package io.mortar.client.transport;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.BrickRefused;
import io.mortar.protocol.brick.BrickProtocol.ChunkData;
import io.mortar.protocol.brick.BrickProtocol.ReadChunk;
import io.mortar.protocol.brick.BrickProtocol.StoreChunk;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Chunks as actor messages over Artery's large-message lane. That lane serves only destinations named in the configuration, never the
 * temporary actors of an ask: so answers come to one actor, {@code /system/chunk-port}, which passes them on.
 *
 * <p>Artery drops what overflows a lane and what a dying connection held. So every brick has a {@link BrickWindow}, and a request is
 * sent again with its id until it is answered, its brick is known to be unreachable or its deadline has passed. OVERLOADED is no answer
 * but a wish to be asked later.
 */
public final class ArteryChunkTransport implements ChunkTransport {
    /** Name of the answers' actor under {@code /system}. */
    public static final String PORT = "chunk-port";

    private static final Duration TICK = Duration.ofMillis(200);
    /** How long a brick that is overloaded is left alone with what it refused. */
    private static final Duration OVERLOAD_PAUSE = Duration.ofMillis(400);

    private final TopologyView topology;
    private final TransportSettings settings;
    private final ActorRef<BrickProtocol.Reply> port;
    private final Map<BrickId, BrickWindow> windows = new ConcurrentHashMap<>();
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final AtomicLong lastCallId = new AtomicLong();

    private ArteryChunkTransport(ActorSystem<?> system, TopologyView topology, TransportSettings settings) {
        this.topology = topology;
        this.settings = settings;
        this.port = system.systemActorOf(answers(), PORT, Props.empty());
        system.scheduler()
                .scheduleWithFixedDelay(TICK, TICK, () -> review(System.nanoTime()), system.executionContext());
    }

    /** One per actor system; it ends with the system. */
    public static ArteryChunkTransport start(ActorSystem<?> system, TopologyView topology, TransportSettings settings) {
        return new ArteryChunkTransport(system, topology, settings);
    }

    @Override
    public CompletionStage<Done> store(BrickTarget brick, ChunkId chunk, ByteString data) {
        List<Integer> checksums = new ArrayList<>();
        for (int checksum : BlockChecksums.of(contiguous(data))) {
            checksums.add(checksum);
        }
        Call call = call(
                brick, settings.storeDeadline(), id -> replyTo -> new StoreChunk(id, chunk, checksums, data, replyTo));
        return result(call, reply -> Done.getInstance());
    }

    @Override
    public CompletionStage<ByteString> read(BrickTarget brick, ChunkId chunk, int offset, int length) {
        Call call = call(
                brick,
                settings.readDeadline(),
                id -> replyTo -> new ReadChunk(id, chunk, offset, length, replyTo, false));
        return result(call, reply -> verified((ChunkData) reply, brick, chunk, length));
    }

    /** What the answer is turned into. Cancelling it ends the call. */
    private <T> CompletionStage<T> result(Call call, Function<BrickProtocol.Reply, T> from) {
        CompletionStage<T> result = call.answer.thenApply(from);
        result.whenComplete((value, failure) -> {
            if (failure instanceof CancellationException) {
                end(call);
            }
        });
        return result;
    }

    private Call call(
            BrickTarget brick,
            Duration deadline,
            LongFunction<Function<ActorRef<BrickProtocol.Reply>, BrickProtocol.Request>> message) {
        long id = lastCallId.incrementAndGet();
        long now = System.nanoTime();
        Call call = new Call(id, brick, now + deadline.toNanos(), message.apply(id));
        calls.put(id, call);
        if (window(brick.id()).enter(call, now + settings.resendAfter().toNanos())) {
            send(call);
        }
        return call;
    }

    private void send(Call call) {
        Optional<PoolTopology.Brick> brick = topology.current().brick(call.brick.id());
        if (brick.isEmpty()) {
            // This node has just started: the brick's node may be about to announce it.
            window(call.brick.id()).resendAt(call, System.nanoTime() + TICK.toNanos());
        } else if (brick.get().reachable()) {
            brick.get().actor().tell(call.message.apply(port));
        } else {
            fail(call, "is not reachable");
        }
    }

    private Behavior<BrickProtocol.Reply> answers() {
        return Behaviors.receiveMessage(reply -> {
            Call call = calls.get(reply.requestId());
            if (call != null) {
                onAnswer(call, reply);
            }
            return Behaviors.same();
        });
    }

    /** A busy brick is no failure: it may even be working on the first copy of what it refuses the second of. */
    private void onAnswer(Call call, BrickProtocol.Reply reply) {
        if (reply instanceof BrickRefused refused) {
            if (refused.refusal().code() == RefusalCode.OVERLOADED) {
                call.overload = refused.refusal();
                window(call.brick.id()).resendAt(call, System.nanoTime() + OVERLOAD_PAUSE.toNanos());
            } else {
                refuse(call, refused.refusal());
            }
        } else {
            end(call);
            call.answer.complete(reply);
        }
    }

    private void refuse(Call call, Refusal refusal) {
        end(call);
        call.answer.completeExceptionally(new RefusedException(refusal));
    }

    private void outOfTime(Call call) {
        Refusal overload = call.overload;
        if (overload == null) {
            fail(call, "did not answer in time");
        } else {
            refuse(call, overload);
        }
    }

    private void fail(Call call, String reason) {
        end(call);
        call.answer.completeExceptionally(new RefusedException(
                RefusalCode.BRICK_DOWN,
                "brick " + call.brick.location() + " " + reason
                        + ": see 'mortar pool status', start its node, then try again"));
    }

    private void end(Call call) {
        calls.remove(call.id);
        long resend = System.nanoTime() + settings.resendAfter().toNanos();
        Call next = window(call.brick.id()).leave(call, resend);
        if (next != null) {
            send(next);
        }
    }

    private void review(long now) {
        PoolTopology current = topology.current();
        windows.forEach((brick, window) -> {
            boolean unreachable =
                    current.brick(brick).filter(known -> !known.reachable()).isPresent();
            for (Call call : window.calls()) {
                if (unreachable) {
                    fail(call, "is not reachable");
                } else if (now - call.deadlineNanos >= 0) {
                    outOfTime(call);
                }
            }
            window.dueForResend(now, now + settings.resendAfter().toNanos()).forEach(this::send);
        });
    }

    private BrickWindow window(BrickId brick) {
        return windows.computeIfAbsent(brick, b -> new BrickWindow(settings.windowPerBrick()));
    }

    private static ByteString verified(ChunkData reply, BrickTarget brick, ChunkId chunk, int length) {
        if (reply.data().size() != length || BlockChecksums.ofWhole(contiguous(reply.data())) != reply.checksum()) {
            throw new RefusedException(
                    RefusalCode.CHUNK_CORRUPT,
                    "chunk " + chunk + " of brick " + brick.location() + " was damaged on its way: try again");
        }
        return reply.data();
    }

    private static ByteBuffer contiguous(ByteString data) {
        return data.compact().asByteBuffer();
    }
}
