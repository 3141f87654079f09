package io.mortar.client.pool;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.mortar.client.stage.Stages;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.MetadataProtocol;
import io.mortar.protocol.pool.MetadataProtocol.DescribeMetadata;
import io.mortar.protocol.pool.MetadataProtocol.LeadershipTransferred;
import io.mortar.protocol.pool.MetadataProtocol.MetadataDescribed;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import io.mortar.protocol.pool.MetadataProtocol.Refused;
import io.mortar.protocol.pool.MetadataProtocol.TransferLeadership;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the desks of nodes over the cluster. */
public final class PoolMetadataClient implements MetadataClient {
    private static final Duration DESCRIBE_MAX = Duration.ofSeconds(2);
    /** Longer than a hand-over takes, or its failure to be noticed. */
    private static final Duration TRANSFER_MAX = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final TopologyView topology;

    public PoolMetadataClient(ActorSystem<?> system, TopologyView topology) {
        this.system = system;
        this.topology = topology;
    }

    @Override
    public CompletionStage<MetadataStatus> describe() {
        CompletionStage<MetadataStatus> own = ask(
                        desk(""), DescribeMetadata::new, MetadataDescribed.class, DESCRIBE_MAX)
                .thenApply(MetadataDescribed::status);
        Optional<PoolTopology.Node> leader = leader();
        return leader.isEmpty()
                ? own
                : ask(desk(leader.get().address()), DescribeMetadata::new, MetadataDescribed.class, DESCRIBE_MAX)
                        .thenApply(MetadataDescribed::status)
                        .exceptionallyCompose(failure -> own);
    }

    @Override
    public CompletionStage<LeadershipTransferred> transfer(@Nullable NodeName to) {
        PoolTopology current = topology.current();
        Optional<NodeId> target =
                to == null ? Optional.empty() : current.node(to).map(PoolTopology.Node::id);
        if (to != null && target.isEmpty()) {
            return CompletableFuture.failedStage(new RefusedException(
                    RefusalCode.NODE_NOT_FOUND, "there is no node '" + to + "': see 'mortar pool list'"));
        }
        return leader().map(node -> ask(
                        desk(node.address()),
                        replyTo -> new TransferLeadership(target.orElse(null), replyTo),
                        LeadershipTransferred.class,
                        TRANSFER_MAX))
                .orElseGet(() -> CompletableFuture.failedStage(MetadataNode.unreachable(current)));
    }

    /** The node that serves the metadata now. */
    private Optional<PoolTopology.Node> leader() {
        PoolTopology current = topology.current();
        NodeName name = current.metadataNode();
        return current.registry() == null || name == null ? Optional.empty() : current.node(name);
    }

    /** @param address of a node; empty for this one */
    private ActorRef<MetadataProtocol.Request> desk(String address) {
        String node = address.isEmpty() ? "" : "@" + address;
        return ActorRefResolver.get(system)
                .resolveActorRef("akka://" + system.name() + node + "/user/" + MetadataProtocol.ACTOR);
    }

    private <R extends MetadataProtocol.Reply> CompletionStage<R> ask(
            ActorRef<MetadataProtocol.Request> desk,
            Function<ActorRef<MetadataProtocol.Reply>, MetadataProtocol.Request> request,
            Class<R> expected,
            Duration timeout) {
        CompletionStage<MetadataProtocol.Reply> asked =
                Stages.on(system.executionContext(), AskPattern.ask(desk, request::apply, timeout, system.scheduler()));
        return asked.handle((reply, failure) -> {
            if (reply instanceof Refused refused) {
                throw new RefusedException(refused.refusal());
            }
            if (failure != null || !expected.isInstance(reply)) {
                throw new RefusedException(
                        RefusalCode.TIMED_OUT,
                        "the node that serves the pool's metadata did not answer: see 'mortar meta status', then try again");
            }
            return expected.cast(reply);
        });
    }
}
