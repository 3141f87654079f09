package io.mortar.node.metadata;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.membership.Candidate;
import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.coordinator.Namespace;
import io.mortar.node.coordinator.NamespaceCopies;
import io.mortar.node.coordinator.NamespaceCopy;
import io.mortar.node.coordinator.NamespaceStore;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The seat where events are in a journal that all nodes reach and that Mortar knows nothing of, such as a database. A cluster singleton
 * decides who serves; every node may. Two that believe so at once cannot both write, as long as the journal takes an event's number
 * only once, which those on a database do by their primary key: the one that comes second halts.
 */
final class SingletonSeat implements MetadataSeat {
    private static final String SINGLETON = "metadata";

    private record Incarnation(long term, ActorRef<MetadataSingleton.Message> actor) {}

    private final ActorSystem<?> system;
    private final String journal;
    private final Path directory;
    private final NodeIdentity identity;
    private final SuspensionWatch watch;
    private final Clock clock;
    private volatile @Nullable NodeId founder;
    private volatile @Nullable NamespaceStore store;
    private volatile @Nullable Incarnation incarnation;
    private volatile @Nullable Leaderships leaderships;

    /**
     * @param journal id of the journal's plugin
     * @param directory of this node's copy of the namespace
     */
    SingletonSeat(ActorSystem<?> system, String journal, Path directory, NodeIdentity identity, FaultHandler fault) {
        this.system = system;
        this.journal = journal;
        this.directory = directory;
        this.identity = identity;
        this.clock = Clock.systemUTC();
        Duration stableAfter = system.settings().config().getDuration("akka.cluster.split-brain-resolver.stable-after");
        this.watch = new SuspensionWatch(stableAfter, System::nanoTime, fault);
    }

    /**
     * There is no singleton before there is a cluster, so that the cluster cannot be formed by whoever leads: the founder of the pool does
     * it.
     */
    @Override
    public boolean leads() {
        return identity.node().equals(founder);
    }

    @Override
    public void found(PoolId pool) {
        // Events are stored under names that nobody else can have had: those of the new pool and its volumes.
    }

    @Override
    public String registryEvents(PoolId pool) {
        return "registry-" + pool;
    }

    @Override
    public void take(ActorContext<?> guardian, PoolId pool, MetadataHolder holder, LeadershipListener listener) {
        QuorumSeat.requireNoReplica(identity, journal);
        founder = holder.node();
        NamespaceStore opened = NamespaceDirectory.open(system, directory);
        store = opened;
        NamespaceCopies.get(system).bind(opened);
        Leaderships noted = new Leaderships(listener);
        leaderships = noted;
        ClusterSingleton.get(system)
                .init(SingletonActor.of(incarnations(noted), SINGLETON).withStopMessage(MetadataSingleton.Stop.NOW));
    }

    /** Each start of this behaviour is an incarnation of its own. */
    private Behavior<MetadataSingleton.Message> incarnations(Leaderships noted) {
        return Behaviors.setup(context -> {
            long term = clock.millis();
            return MetadataSingleton.create(term, watch, noted, actor -> incarnation = new Incarnation(term, actor));
        });
    }

    @Override
    public Namespace namespace(long term) {
        NamespaceStore open = store;
        if (open == null) {
            throw new AssertionError("a seat that was not taken");
        }
        return new NamespaceCopy(open, () -> confirm(term));
    }

    private CompletionStage<Done> confirm(long term) {
        Leaderships known = leaderships;
        return known != null && known.leads(term) && watch.isFresh()
                ? CompletableFuture.completedStage(Done.done())
                : CompletableFuture.failedStage(new LeadershipLostException(
                        "this node may not serve the pool's metadata any more: term " + term + " has ended"));
    }

    @Override
    public void stopped(long term) {
        Incarnation current = incarnation;
        if (current != null && current.term() == term) {
            current.actor().tell(new MetadataSingleton.Stopped(term));
        }
    }

    @Override
    public void candidates(List<Candidate> candidates) {
        // Any node may serve: the cluster chooses the one that is longest in it.
    }

    @Override
    public MetadataStatus status() {
        NodeId self = identity.node();
        Leaderships known = leaderships;
        return new MetadataStatus(journal, self, known != null && known.leads() ? self : null, null);
    }

    @Override
    public CompletionStage<Done> transfer(@Nullable NodeId to) {
        return CompletableFuture.failedStage(new RefusedException(
                RefusalCode.BAD_REQUEST,
                "with the journal " + journal + " the metadata is served by the node that is longest in the cluster:"
                        + " stop that node to have the next one take over"));
    }

    /** The cluster hands over when this node leaves it. */
    @Override
    public CompletionStage<Done> handOver() {
        return CompletableFuture.completedStage(Done.done());
    }
}
