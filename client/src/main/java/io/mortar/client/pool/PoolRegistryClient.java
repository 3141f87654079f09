package io.mortar.client.pool;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.mortar.client.pool.MetadataCalls.UnansweredException;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.TopologyView;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks the registry over the cluster; its requests may be repeated, so they are when it moves to another node. */
public final class PoolRegistryClient implements RegistryClient {
    private final TopologyView topology;
    private final MetadataCalls<RegistryProtocol.Request, RegistryProtocol.Reply> calls;

    /** @param times the patience is longer than the slowest change of the registry: the creation of a volume on slow disks */
    public PoolRegistryClient(ActorSystem<?> system, TopologyView topology, MetadataCalls.Times times) {
        this.topology = topology;
        this.calls = new MetadataCalls<>(
                system, topology, PoolTopology::registry, PoolRegistryClient::saysThatItMoved, times);
    }

    @Override
    public <R extends RegistryProtocol.Reply> CompletionStage<R> ask(
            Class<R> expected, Function<ActorRef<RegistryProtocol.Reply>, RegistryProtocol.Request> request) {
        return calls.send(request).handle((answer, failure) -> {
            if (answer == null) {
                throw unanswered(failure);
            }
            return accepted(expected, answer.reply());
        });
    }

    private RuntimeException unanswered(Throwable failure) {
        if (failure instanceof UnansweredException none) {
            PoolTopology current = topology.current();
            return none.wasSent() ? MetadataNode.silent(current) : MetadataNode.unreachable(current);
        }
        return new CompletionException(failure);
    }

    private static boolean saysThatItMoved(RegistryProtocol.Reply reply) {
        return reply instanceof RegistryProtocol.Refused refused
                && refused.refusal().code() == RefusalCode.METADATA_UNAVAILABLE;
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
