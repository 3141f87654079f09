package io.mortar.journal.group;

import akka.actor.typed.ActorRef;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.Ready;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.raft.SnapshotWanted;
import io.mortar.journal.wire.GroupMessage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a core asks for, and tells the core when it is done. Used by the core's actor only. */
final class ReadyWork {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyWork.class);

    private final MemberId self;
    private final RaftCore core;
    private final GroupStorage storage;
    private final Peers peers;
    private final Confirmations confirmations;
    private final LogRetention retention;
    private final ActorRef<GroupMessage> bulk;
    private final Executor bulkThread;
    private RaftCommand.@Nullable SnapshotArrived arrived;
    private long handed;
    private long written;
    private long appliedIndex;
    private long snapshotIndex;

    ReadyWork(
            GroupParts parts,
            RaftCore core,
            GroupStorage storage,
            Peers peers,
            Confirmations confirmations,
            ActorRef<GroupMessage> bulk) {
        this.self = parts.self();
        this.core = core;
        this.storage = storage;
        this.peers = peers;
        this.confirmations = confirmations;
        this.retention = new LogRetention(parts.settings().retention());
        this.bulk = bulk;
        this.bulkThread = parts.threads().bulk();
        this.appliedIndex = core.status().applied();
        peers.learn(core.status().membership());
        storage.tidy();
    }

    /** Up to where the state is applied. */
    long appliedIndex() {
        return appliedIndex;
    }

    /** Where the last snapshot was installed; 0 if none was. */
    long snapshotIndex() {
        return snapshotIndex;
    }

    /** Does everything that the core wants now. */
    void run() {
        while (core.hasReady()) {
            perform(core.ready());
        }
    }

    private void perform(Ready ready) {
        SnapshotPoint install = ready.install();
        if (install != null) {
            install(install);
        }
        ready.messages().forEach(peers::send);
        if (ready.mustPersist() || handed > written) {
            handed = ready.number();
            storage.write(ready);
        } else {
            core.persisted(ready.number());
        }
        if (!ready.committed().isEmpty()) {
            storage.apply(ready.committed());
        }
        ready.reads().forEach(read -> confirmations.answered(read, appliedIndex));
        ready.snapshots().forEach(this::send);
    }

    private void install(SnapshotPoint point) {
        RaftCommand.SnapshotArrived copy = arrived;
        if (copy == null || !copy.point().equals(point)) {
            throw new AssertionError("the core installs " + point + ", which has not arrived");
        }
        arrived = null;
        storage.install(copy.sink());
    }

    private void send(SnapshotWanted wanted) {
        peers.bulk(wanted.member())
                .ifPresentOrElse(
                        peer -> bulk.tell(new BulkCommand.Send(wanted.member(), peer, core.term())),
                        () -> core.snapshotSent(wanted.member(), false, 0));
    }

    void onWritten(RaftCommand.Written done) {
        written = done.number();
        core.persisted(written);
    }

    void onApplied(RaftCommand.Applied applied) {
        core.applied(applied.index());
        appliedIndex = applied.index();
        retention.applied(applied.index(), applied.bytes());
        confirmations.applied(appliedIndex);
        peers.learn(core.status().membership());
    }

    /** Hands a copy to the core, which has it installed, or does not need it. */
    void onArrived(RaftCommand.SnapshotArrived copy) {
        arrived = copy;
        core.step(new Message.SnapshotDone(copy.from(), self, copy.term(), copy.point()));
        run();
        if (arrived != null) {
            arrived = null;
            LOG.info(
                    "snapshot not needed member={} index={}", self, copy.point().index());
            bulkThread.execute(() -> {
                copy.sink().close();
                bulk.tell(new BulkCommand.Taken(false));
            });
        }
    }

    void onInstalled(RaftCommand.Installed installed) {
        core.installed(installed.point());
        appliedIndex = installed.point().index();
        snapshotIndex = appliedIndex;
        retention.restart();
        peers.learn(installed.point().membership());
        bulk.tell(new BulkCommand.Taken(true));
        LOG.info(
                "snapshot installed member={} index={} term={}",
                self,
                appliedIndex,
                installed.point().term());
    }

    /** Lets the log begin later, if it holds more than it has to. */
    void compact() {
        long start = core.status().start().index();
        long wanted = retention.start(start, appliedIndex);
        if (wanted > start) {
            long now = core.compact(wanted).index();
            if (now > start) {
                storage.compact(now);
            }
        }
    }
}
