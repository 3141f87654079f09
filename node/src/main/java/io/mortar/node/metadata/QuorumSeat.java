package io.mortar.node.metadata;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.journal.group.GroupSettings;
import io.mortar.journal.group.GroupStatus;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.RaftGroup;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.group.ReplicatedLogs;
import io.mortar.journal.local.LocalStore;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.quorum.QuorumPersistence;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.state.GroupStores;
import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.coordinator.Namespace;
import io.mortar.node.coordinator.NamespaceImage;
import io.mortar.node.coordinator.ReplicatedNamespace;
import io.mortar.node.identity.IdentityKeeper;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.identity.StartRefusedException;
import io.mortar.protocol.pool.MetadataProtocol;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The seat in a pool whose metadata is replicated: a few nodes, chosen by the one that leads, have a replica; every other node stands
 * by with an empty one.
 */
final class QuorumSeat implements MetadataSeat {
    /** Id of the journal's plugin. */
    static final String JOURNAL = "mortar.journal.quorum";

    /** Id of the plugin for snapshots that goes with it. */
    static final String SNAPSHOTS = "mortar.snapshot.quorum";

    /** With what a row costs beside its bytes this is far below the largest entry, whatever the rows are. */
    private static final int IMPORT_BATCH_BYTES = 128 << 10;

    private static final Duration HAND_OVER_MAX = Duration.ofSeconds(2);

    private final ActorSystem<?> system;
    private final IdentityKeeper identity;
    private final String address;
    private final ReplicaDirectory replica;
    private final LocalMetadata local;
    private final GroupSettings replication;
    private final FaultHandler fault;
    private volatile @Nullable ReplicatedLog taken;
    private volatile @Nullable Leaderships leaderships;

    /**
     * @param address {@code host:port} under which others reach this node
     * @param local what this node may have from before metadata was replicated
     */
    QuorumSeat(
            ActorSystem<?> system,
            IdentityKeeper identity,
            String address,
            ReplicaDirectory replica,
            LocalMetadata local,
            GroupSettings replication,
            FaultHandler fault) {
        this.replication = replication;
        this.address = address;
        this.system = system;
        this.identity = identity;
        this.replica = replica;
        this.local = local;
        this.fault = fault;
    }

    /**
     * Throws {@link StartRefusedException} when a node with {@code known} as its identity belongs to a pool whose metadata is in this
     * journal, and {@code configured} is another one: nothing of the pool, or only what it was before, is there.
     */
    static void requireNoReplica(NodeIdentity known, String configured) {
        if (known.replica()) {
            throw new StartRefusedException("the pool of node " + known.name() + " keeps its metadata in the journal "
                    + JOURNAL + ", and this node was started with " + configured + ", which does not have it: set"
                    + " mortar.coordinator.journal-plugin = " + JOURNAL + " and snapshot-plugin = " + SNAPSHOTS
                    + " again, on every node");
        }
    }

    @Override
    public boolean leads() {
        Leaderships known = leaderships;
        return known != null && known.leads();
    }

    @Override
    public void found(PoolId pool) {
        replica.found(pool, identity.get().node(), address);
    }

    @Override
    public void take(ActorContext<?> guardian, PoolId pool, MetadataHolder founder, LeadershipListener listener) {
        local.deleteRetired();
        GroupStores stores = open(pool);
        identity.change(NodeIdentity::withReplica);
        ReplicatedLog log = RaftGroup.start(
                guardian,
                ReplicaDirectory.group(pool),
                ReplicaDirectory.memberId(identity.get().node()),
                stores,
                LocalStore.get(system).space(),
                replication);
        ReplicatedLogs.get(system).bind(log);
        QuorumPersistence.start(system, new NamespaceImage());
        log.failure().thenAccept(failure -> fault.halt("the replica of the pool's metadata failed", failure));
        taken = log;
        Leaderships passedOn = prepared(log, listener);
        leaderships = passedOn;
        log.listen(passedOn);
    }

    /**
     * The founder of a pool whose metadata is not replicated yet is alone in the group that it makes for it. The founder of a replicated
     * pool has had its replica since before it was in the pool.
     */
    private GroupStores open(PoolId pool) {
        NodeIdentity known = identity.get();
        if (known.founded() && !known.replica() && !replica.exists()) {
            local.requireComplete();
            replica.found(pool, known.node(), address);
        }
        GroupStores stores = replica.open(pool, known);
        if (known.founded()
                && !known.replica()
                && local.exists()
                && stores.log().lastIndex() > 0) {
            stores.close();
            throw replicaIsNewer();
        }
        return stores;
    }

    /** Before the identity knows of a replica nothing was ever written to it: this one is from another time than the rest. */
    private static StartRefusedException replicaIsNewer() {
        return new StartRefusedException(
                "the data directory has metadata that was replicated, in metadata/, and an older"
                        + " state of it that is not imported, in namespace/ and node.json, as after an old copy was put back over it;"
                        + " to import that one would mix the two. To go on with the replicated metadata put back the newer node.json"
                        + " and journal/, and move namespace/ away; to go back to the copy, put those of all nodes into empty directories");
    }

    /** Actors must not begin on metadata that is not there yet. */
    private Leaderships prepared(ReplicatedLog log, LeadershipListener listener) {
        if (!identity.get().founded() || !local.exists()) {
            return new Leaderships(listener);
        }
        akka.actor.ActorSystem classic = Adapter.toClassic(system);
        ImportThread imports =
                new ImportThread(new LocalImport(local, log, classic, IMPORT_BATCH_BYTES), classic, fault);
        return new Leaderships(listener, imports);
    }

    @Override
    public Namespace namespace(long leadership) {
        return new ReplicatedNamespace(log(), leadership);
    }

    @Override
    public void candidates(List<Candidate> candidates) {
        log().candidates(candidates);
    }

    @Override
    public MetadataStatus status() {
        NodeId self = identity.get().node();
        ReplicatedLog log = taken;
        if (log == null) {
            return new MetadataStatus(JOURNAL, self, null, null);
        }
        GroupStatus group = log.status();
        GroupStatus.Positions positions = group.positions();
        List<MetadataProtocol.Member> members =
                group.members().stream().map(QuorumSeat::member).toList();
        return new MetadataStatus(
                JOURNAL,
                self,
                group.leader().map(QuorumSeat::nodeId).orElse(null),
                new MetadataProtocol.Replica(
                        group.term(),
                        positions.firstIndex(),
                        positions.lastIndex(),
                        positions.commitIndex(),
                        positions.appliedIndex(),
                        positions.snapshotIndex(),
                        members));
    }

    private static MetadataProtocol.Member member(GroupStatus.MemberStatus status) {
        return new MetadataProtocol.Member(
                nodeId(status.member().id()),
                status.member().address(),
                status.member().role() == Member.Role.VOTER,
                status.matchIndex().orElse(-1),
                status.lagEntries().orElse(-1),
                status.sinceContact().map(Duration::toMillis).orElse(-1L),
                status.receivesSnapshot());
    }

    @Override
    public CompletionStage<Done> transfer(@Nullable NodeId to) {
        ReplicatedLog log = taken;
        if (log == null || !leads()) {
            return CompletableFuture.failedStage(new RefusedException(
                    RefusalCode.METADATA_UNAVAILABLE,
                    "node " + identity.get().name() + " does not lead the pool's metadata: see 'mortar meta status'"));
        }
        return log.transfer(to == null ? null : new MemberId(to.toString())).exceptionally(failure -> {
            throw new RefusedException(
                    RefusalCode.METADATA_UNAVAILABLE,
                    "leadership was not handed over: " + failure.getMessage() + "; see 'mortar meta status'");
        });
    }

    @Override
    public CompletionStage<Done> handOver() {
        ReplicatedLog log = taken;
        if (log == null || !leads() || others(log.status()) == 0) {
            return CompletableFuture.completedStage(Done.done());
        }
        return log.transfer(null)
                .toCompletableFuture()
                .completeOnTimeout(Done.done(), HAND_OVER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> Done.done());
    }

    private static long others(GroupStatus status) {
        return status.members().stream()
                .filter(each -> each.member().role() == Member.Role.VOTER
                        && !each.member().id().equals(status.self()))
                .count();
    }

    private ReplicatedLog log() {
        ReplicatedLog log = taken;
        if (log == null) {
            throw new AssertionError("a seat that was not taken");
        }
        return log;
    }

    private static NodeId nodeId(MemberId member) {
        return new NodeId(UUID.fromString(member.value()));
    }
}
