package io.mortar.client.pool;

import akka.actor.typed.ActorRef;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks the pool's registry, wherever it is. Safe for use by several threads. */
public interface RegistryClient {
    /**
     * The answer, of type {@code expected}. Fails with {@link io.mortar.core.refusal.RefusedException} when it is refused, when the
     * metadata node cannot be reached (METADATA_UNAVAILABLE, naming it) or does not answer in time (TIMED_OUT).
     */
    <R extends RegistryProtocol.Reply> CompletionStage<R> ask(
            Class<R> expected, Function<ActorRef<RegistryProtocol.Reply>, RegistryProtocol.Request> request);
}
