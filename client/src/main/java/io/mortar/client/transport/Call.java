package io.mortar.client.transport;

import akka.actor.typed.ActorRef;
import io.mortar.core.refusal.Refusal;
import io.mortar.protocol.brick.BrickProtocol;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request to a brick, from being asked for to its answer. */
final class Call {
    final long id;
    final BrickTarget brick;
    /** The message, given where its answer shall go; made anew for every sending. */
    final Function<ActorRef<BrickProtocol.Reply>, BrickProtocol.Request> message;

    final CompletableFuture<BrickProtocol.Reply> answer = new CompletableFuture<>();
    final long deadlineNanos;
    /** Guarded by the call's {@link BrickWindow}: when it is sent again; meaningless while it waits in the window. */
    long resendNanos;
    /** What an overloaded brick said last; null if none did. */
    volatile @Nullable Refusal overload;

    Call(
            long id,
            BrickTarget brick,
            long deadlineNanos,
            Function<ActorRef<BrickProtocol.Reply>, BrickProtocol.Request> message) {
        this.id = id;
        this.brick = brick;
        this.deadlineNanos = deadlineNanos;
        this.message = message;
    }
}
