package io.mortar.node.metadata;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.membership.Candidate;
import io.mortar.node.coordinator.Namespace;
import io.mortar.node.coordinator.NamespaceStore;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The seat where events are in the local journal of one node: the node that founded the pool has the metadata, for good, and nobody else
 * ever serves it, since nobody else has it.
 */
final class PinnedSeat implements MetadataSeat {
    /** Id of the journal's plugin. */
    static final String JOURNAL = "mortar.journal.local";

    /** The one leadership that there is. */
    private static final long TERM = 0;

    private final ActorSystem<?> system;
    private final Path directory;
    private final NodeIdentity identity;
    private volatile @Nullable NodeId founder;
    private @Nullable NamespaceStore store;

    /** @param directory of the namespace */
    PinnedSeat(ActorSystem<?> system, Path directory, NodeIdentity identity) {
        this.system = system;
        this.directory = directory;
        this.identity = identity;
    }

    @Override
    public boolean leads() {
        return identity.node().equals(founder);
    }

    @Override
    public void found(PoolId pool) {
        // The journal and the namespace of a new data directory are empty, and that is all there is to a new pool's
        // metadata.
    }

    @Override
    public void take(ActorContext<?> guardian, PoolId pool, MetadataHolder holder, LeadershipListener listener) {
        QuorumSeat.requireNoReplica(identity, JOURNAL);
        founder = holder.node();
        if (leads()) {
            listener.began(TERM);
        }
    }

    @Override
    public synchronized Namespace namespace(long term) {
        NamespaceStore open = store;
        if (open == null) {
            open = NamespaceDirectory.open(system, directory);
            store = open;
        }
        return open;
    }

    @Override
    public void candidates(List<Candidate> candidates) {
        // Nobody else can have this seat.
    }

    @Override
    public MetadataStatus status() {
        return new MetadataStatus(JOURNAL, identity.node(), founder, null);
    }

    @Override
    public CompletionStage<Done> transfer(@Nullable NodeId to) {
        return CompletableFuture.failedStage(new RefusedException(
                RefusalCode.BAD_REQUEST,
                "the pool's metadata is in the local journal of one node and cannot move: configure the journal "
                        + QuorumSeat.JOURNAL + " to have it replicated"));
    }

    @Override
    public CompletionStage<Done> handOver() {
        return CompletableFuture.completedStage(Done.done());
    }
}
