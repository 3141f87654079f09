package io.mortar.client.pool;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Scheduler;
import akka.actor.typed.javadsl.AskPattern;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks the registry over the cluster, once; the registry's own steps have shorter bounds than this client waits. */
public final class PoolRegistryClient implements RegistryClient {
    private final TopologyView topology;
    private final Scheduler scheduler;
    private final Duration timeout;

    /** @param timeout longer than the slowest change of the registry: the creation of a volume on slow disks */
    public PoolRegistryClient(ActorSystem<?> system, TopologyView topology, Duration timeout) {
        this.topology = topology;
        this.scheduler = system.scheduler();
        this.timeout = timeout;
    }

    @Override
    public <R extends RegistryProtocol.Reply> CompletionStage<R> ask(
            Class<R> expected, Function<ActorRef<RegistryProtocol.Reply>, RegistryProtocol.Request> request) {
        PoolTopology current = topology.current();
        ActorRef<RegistryProtocol.Request> registry = current.registry();
        if (registry == null) {
            return CompletableFuture.failedFuture(MetadataNode.unreachable(current));
        }
        CompletionStage<RegistryProtocol.Reply> asked = AskPattern.ask(registry, request::apply, timeout, scheduler);
        return asked.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        isTimeout(failure) ? MetadataNode.silent(topology.current()) : failure))
                .thenApply(reply -> accepted(expected, reply));
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof CompletionException && failure.getCause() instanceof TimeoutException);
    }

    private static <R extends RegistryProtocol.Reply> R accepted(Class<R> expected, RegistryProtocol.Reply reply) {
        if (reply instanceof RegistryProtocol.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        if (!expected.isInstance(reply)) {
            throw new RefusedException(
                    RefusalCode.INTERNAL,
                    "the registry answered " + reply.getClass().getSimpleName() + " instead of "
                            + expected.getSimpleName());
        }
        return expected.cast(reply);
    }
}
