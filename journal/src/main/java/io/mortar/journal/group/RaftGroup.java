package io.mortar.journal.group;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import io.mortar.journal.state.RowBatch;
import io.mortar.journal.state.RowBatchCodec;
import io.mortar.journal.state.StateStore;
import io.mortar.journal.wire.GroupMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** This node's member of a consensus group, running. */
public final class RaftGroup implements ReplicatedLog {
    private final MemberId self;
    private final StateStore state;
    private final GroupSettings settings;
    private final MemberReport report;
    private final Outstanding outstanding;

    /** Bounded for itself: readers, however many, leave room for the writes. */
    private final Outstanding confirmations;

    private final ActorRef<GroupMessage> actor;

    private RaftGroup(GroupParts parts, ActorRef<GroupMessage> actor) {
        this.self = parts.self();
        this.state = parts.stores().state();
        this.settings = parts.settings();
        this.report = parts.report();
        this.actor = actor;
        this.outstanding =
                new Outstanding(settings.waitingMax(), 2L * settings.raft().uncommittedBytesMax());
        this.confirmations = new Outstanding(settings.waitingMax(), 0);
    }

    /**
     * Starts the member that {@code stores} belong to. Its actors are {@code /user/raft-<group>} and {@code /user/raft-bulk-<group>},
     * under which other members address them; the second must be among Artery's large-message destinations on every node.
     *
     * @param guardian the context of the guardian of the actor system, on its thread
     * @param identity that of the stores
     * @param self this node's lasting id; it never comes back with stores that lost something
     * @param stores closed when the group has stopped
     * @param space the guard of the stores' file system
     */
    public static RaftGroup start(
            ActorContext<?> guardian,
            GroupIdentity identity,
            MemberId self,
            GroupStores stores,
            DiskSpace space,
            GroupSettings settings) {
        ActorSystem<?> system = guardian.getSystem();
        GroupParts.Threads threads = new GroupParts.Threads(
                system.dispatchers().lookup(dispatcher("log-dispatcher")),
                system.dispatchers().lookup(dispatcher("apply-dispatcher")),
                system.dispatchers().lookup(dispatcher("bulk-dispatcher")));
        MemberReport report = new MemberReport(StatusView.first(identity.clusterId(), self, stores));
        GroupParts parts = new GroupParts(identity, self, stores, space, settings, threads, report);
        ActorRef<GroupMessage> bulk = guardian.spawn(
                BulkActor.create(parts), PeerRefs.bulkName(identity.group()), dispatcher("bulk-dispatcher"));
        ActorRef<GroupMessage> core = guardian.spawn(
                RaftActor.create(parts, bulk), PeerRefs.coreName(identity.group()), dispatcher("core-dispatcher"));
        bulk.tell(new BulkCommand.Start(core));
        RaftGroup group = new RaftGroup(parts, core);
        report.stopped().thenRun(() -> {
            group.outstanding.stop();
            group.confirmations.stop();
        });
        return group;
    }

    private static DispatcherSelector dispatcher(String name) {
        return DispatcherSelector.fromConfig(GroupSettings.PATH + "." + name);
    }

    @Override
    public MemberId self() {
        return self;
    }

    @Override
    public CompletionStage<Long> append(RowBatch rows, long term) {
        int sizeBytes = RowBatchCodec.sizeBytes(rows);
        if (sizeBytes > settings.raft().entryBytesMax()) {
            return CompletableFuture.failedFuture(tooLarge(sizeBytes, settings));
        }
        CompletableFuture<Long> done = outstanding.begin(sizeBytes);
        if (!done.isDone()) {
            actor.tell(new RaftCommand.Append(RowBatchCodec.encode(rows), rows.shrinking(), term, done));
        }
        return done.minimalCompletionStage();
    }

    static EntryTooLargeException tooLarge(int sizeBytes, GroupSettings settings) {
        return new EntryTooLargeException("a batch of rows takes " + sizeBytes + " bytes, an entry has at most "
                + settings.raft().entryBytesMax() + ": split it");
    }

    @Override
    public CompletionStage<Void> confirm(long term) {
        CompletableFuture<Void> done = confirmations.begin(0);
        if (!done.isDone()) {
            actor.tell(new RaftCommand.Confirm(term, done));
        }
        return done.minimalCompletionStage();
    }

    @Override
    public KvView journalRows() {
        return state.journalRows();
    }

    @Override
    public KvView applicationRows() {
        return state.applicationRows();
    }

    @Override
    public KvSnapshot applicationSnapshot() {
        return state.applicationSnapshot();
    }

    @Override
    public void listen(LeadershipListener listener) {
        actor.tell(new RaftCommand.Listen(listener));
    }

    @Override
    public GroupStatus status() {
        return report.status();
    }

    @Override
    public CompletionStage<Done> transfer(@Nullable MemberId to) {
        CompletableFuture<Done> done = outstanding.begin(0);
        if (!done.isDone()) {
            actor.tell(new RaftCommand.Transfer(to, done));
        }
        return done.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Done> changeMember(MemberChange change) {
        CompletableFuture<Done> done = outstanding.begin(0);
        if (!done.isDone()) {
            actor.tell(new RaftCommand.ChangeMember(change, done));
        }
        return done.minimalCompletionStage();
    }

    @Override
    public void candidates(List<Candidate> candidates) {
        actor.tell(new RaftCommand.Candidates(List.copyOf(candidates)));
    }

    @Override
    public CompletionStage<Throwable> failure() {
        return report.failure();
    }

    /** Stops this member and closes its stores; completes when they are closed. A leader hands over with {@link #transfer} before. */
    public CompletionStage<Done> stop() {
        actor.tell(RaftCommand.Signal.STOP);
        return report.stopped();
    }
}
