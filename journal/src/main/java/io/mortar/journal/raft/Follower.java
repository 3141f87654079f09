package io.mortar.journal.raft;

import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.AppendAccepted;
import io.mortar.journal.raft.Message.AppendRefused;
import io.mortar.journal.raft.Message.Heartbeat;
import io.mortar.journal.raft.Message.HeartbeatReply;
import io.mortar.journal.raft.Message.SnapshotDone;
import io.mortar.journal.raft.Message.TimeoutNow;

/** Takes what its leader sends, and stands for election when it hears nothing (§3.4, §3.5). */
final class Follower extends Role {
    private final Replica replica;
    private final RaftLog log;
    private int ticksSilent;
    private int timeout;
    /** Index up to which this log is known to be the leader's, stored or not. */
    private long verified;
    /** What the leader was last told. */
    private long answered;

    Follower(Replica replica) {
        this.replica = replica;
        log = replica.log;
    }

    @Override
    void begin() {
        waitAgain();
    }

    /** Begins a new election timeout. */
    void waitAgain() {
        ticksSilent = 0;
        timeout = replica.electionTimeout();
    }

    @Override
    RaftStatus.RoleName name() {
        return RaftStatus.RoleName.FOLLOWER;
    }

    @Override
    void tick() {
        ticksSilent++;
        boolean alone = replica.isVoter() && replica.membership().voters().size() == 1;
        if (alone || (ticksSilent >= timeout && replica.mayStand())) {
            replica.becomePreCandidate();
        }
    }

    @Override
    boolean protectsLeader() {
        return replica.leader() != null && ticksSilent < replica.settings.electionTicksMin();
    }

    @Override
    void step(Message message) {
        if (message instanceof Append append) {
            hear(append);
            onAppend(append);
        } else if (message instanceof Heartbeat heartbeat) {
            hear(heartbeat);
            log.commitTo(heartbeat.commit());
            replica.send(new HeartbeatReply(replica.self, heartbeat.from(), replica.term(), heartbeat.context()));
        } else if (message instanceof SnapshotDone done) {
            onSnapshotDone(done.point());
        } else if (message instanceof TimeoutNow && replica.mayStand()) {
            replica.becomeCandidate(true);
        }
    }

    private void hear(Message message) {
        replica.follow(message.from());
        ticksSilent = 0;
    }

    private void onAppend(Append append) {
        if (log.unstoredBytes() > replica.settings.uncommittedBytesMax()) {
            return; // the disk does not keep up; the leader asks again at its next heartbeat
        }
        long previous = append.previousIndex();
        requireOneHistory(previous, append.previousTerm());
        append.entries().forEach(entry -> requireOneHistory(entry.index(), entry.term()));
        if (previous > log.committed() && !log.matches(previous, append.previousTerm())) {
            long hint = log.highestWithTermAtMost(previous - 1, append.previousTerm(), log.committed());
            replica.send(
                    new AppendRefused(replica.self, append.from(), replica.term(), previous, hint, log.term(hint)));
            return;
        }
        append.entries().forEach(this::take);
        verified = Math.max(verified, Math.max(append.lastIndex(), log.committed()));
        log.commitTo(Math.min(append.commit(), verified));
        if (append.lastIndex() <= log.persisted()) {
            answer();
        }
    }

    /**
     * A leader has every committed entry (§3.6.3). One that does not was made the only voter of a group that went on without this member:
     * to skip what is committed here would leave two histories under the same indexes, and nobody would notice.
     */
    private void requireOneHistory(long index, long term) {
        if (log.contradictsCommitted(index, term)) {
            throw new AssertionError("leader " + replica.leader() + " of term " + replica.term() + " has entry " + index
                    + " of term " + term + ", but here one of term " + log.term(index)
                    + " is committed: the group went on without this member, whose stores must not be used again");
        }
    }

    /** Appends an entry that is new; one in conflict with it was never committed, and goes with all that follow (§3.5). */
    private void take(Entry entry) {
        if (entry.index() <= log.committed() || log.matches(entry.index(), entry.term())) {
            return;
        }
        if (entry.index() <= log.lastIndex()) {
            if (entry.index() <= verified) {
                throw new AssertionError("leader " + replica.leader() + " of term " + replica.term()
                        + " changes its own entry " + entry.index() + " to " + entry);
            }
            replica.truncateFrom(entry.index());
        }
        replica.append(entry);
    }

    /**
     * A snapshot holds nothing but committed entries, so one from a past leader is as good as any. It is not needed if the log
     * reaches that far already.
     */
    private void onSnapshotDone(SnapshotPoint point) {
        if (replica.isInstalling()) {
            return;
        }
        if (point.index() > log.committed()) {
            boolean reaches = point.index() <= log.lastIndex();
            if (reaches && replica.rules.keepsLog(log.term(point.index()), point.term())) {
                log.commitTo(point.index());
            } else {
                replica.install(point);
            }
        }
        verified = Math.max(verified, log.committed());
        answer();
    }

    @Override
    void persisted() {
        if (Math.min(verified, log.persisted()) > answered) {
            answer();
        }
    }

    /**
     * Tells the leader up to where the logs match, counting only what is stored: entries, and the term in which they were taken. A
     * replica that forgot the term could follow an older leader once more and lose them (test: the mutation that acknowledges early).
     * While a snapshot is being installed nothing is stored that could be told: an answer of 0 would look like an empty log that waits
     * for entries.
     */
    private void answer() {
        MemberId leader = replica.leader();
        boolean termStored = replica.writes.storedState().term() == replica.term();
        if (leader != null && termStored && !replica.isInstalling()) {
            answered = Math.min(verified, log.persisted());
            replica.send(new AppendAccepted(replica.self, leader, replica.term(), answered));
        }
    }
}
