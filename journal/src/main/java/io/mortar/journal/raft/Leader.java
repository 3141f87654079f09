package io.mortar.journal.raft;

import io.mortar.journal.raft.Message.AppendAccepted;
import io.mortar.journal.raft.Message.AppendRefused;
import io.mortar.journal.raft.Message.HeartbeatReply;
import io.mortar.journal.raft.Message.TimeoutNow;
import io.mortar.journal.raft.Proposal.Reason;
import org.jspecify.annotations.Nullable;

/** Orders what is proposed, decides what is committed, and steps down when no majority hears it (§3.5, §3.6, §6.2). */
final class Leader extends Role {
    private static final byte[] NOTHING = new byte[0];

    private final Replica replica;
    private final RaftLog log;
    private final Replication replication;
    private final ReadRequests reads;
    private final Uncommitted uncommitted;
    private final long leadershipIndex;
    private int ticksToHeartbeat;
    private int ticksToCheck;
    private int transferTicksLeft;
    private @Nullable MemberId transferTo;

    Leader(Replica replica) {
        this.replica = replica;
        log = replica.log;
        replication = new Replication(replica);
        reads = new ReadRequests(replica);
        uncommitted = new Uncommitted(replica.settings.uncommittedBytesMax());
        leadershipIndex = log.lastIndex() + 1;
        ticksToHeartbeat = replica.settings.heartbeatTicks();
        ticksToCheck = replica.settings.electionTicksMin();
    }

    /**
     * An entry of the new term, so that what earlier leaders left can be committed and reads can be answered (§3.6.2, §6.4). The very
     * first entry of a group repeats the founders' membership: where the log begins only founders know it, and a replica that joins
     * must find it in the log (test: {@code a_replica_that_joins_learns_the_founders_from_the_log}).
     */
    @Override
    void begin() {
        replication.membershipChanged();
        if (log.lastIndex() == 0) {
            append(Entry.Kind.MEMBERSHIP, MembershipCodec.encode(replica.membership()));
        } else {
            append(Entry.Kind.EMPTY, NOTHING);
        }
        replication.sendToAll();
    }

    @Override
    void end() {
        reads.failAll();
    }

    @Override
    RaftStatus.RoleName name() {
        return RaftStatus.RoleName.LEADER;
    }

    @Override
    boolean protectsLeader() {
        return true;
    }

    Replication replication() {
        return replication;
    }

    long leadershipIndex() {
        return leadershipIndex;
    }

    @Nullable
    MemberId transferTo() {
        return transferTo;
    }

    Proposal propose(byte[] payload) {
        Reason reason = refusal(payload);
        return reason == null ? append(Entry.Kind.ROWS, payload) : new Proposal.Refused(reason, replica.self);
    }

    private @Nullable Reason refusal(byte[] payload) {
        if (transferTo != null) {
            return Reason.TRANSFERRING;
        }
        if (payload.length > replica.settings.entryBytesMax()) {
            return Reason.TOO_LARGE;
        }
        return uncommitted.hasRoom() ? null : Reason.OVERLOADED;
    }

    /** Single-server changes (§4.1): the new membership is in force on each replica from the moment it is in that replica's log. */
    Proposal proposeMembership(Membership next) {
        byte[] payload = MembershipCodec.encode(next);
        Reason reason = refusal(payload);
        boolean termCommitted = log.committed() >= leadershipIndex;
        boolean lastCommitted = log.committed() >= replica.memberships.currentIndex();
        if (reason == null && !replica.rules.mayChangeMembership(termCommitted, lastCommitted)) {
            reason = termCommitted ? Reason.CHANGE_PENDING : Reason.TERM_NOT_COMMITTED;
        }
        if (reason == null && (next.voters().isEmpty() || !next.isOneVoterFrom(replica.membership()))) {
            reason = Reason.NOT_ONE_VOTER;
        }
        if (reason != null) {
            return new Proposal.Refused(reason, replica.self);
        }
        Proposal accepted = append(Entry.Kind.MEMBERSHIP, payload);
        replication.membershipChanged();
        return accepted;
    }

    private Proposal append(Entry.Kind kind, byte[] payload) {
        Entry entry = new Entry(log.lastIndex() + 1, replica.term(), kind, payload);
        replica.append(entry);
        uncommitted.add(entry);
        return new Proposal.Accepted(entry.index(), entry.term());
    }

    /** What was proposed since the last time goes out in as few appends as possible. */
    @Override
    void flush() {
        replication.sendToAll();
    }

    void readIndex(long readId) {
        reads.add(readId);
        beginReads();
    }

    /** A new leader may not know the latest commit index before it has committed an entry of its term (§6.4). */
    private void beginReads() {
        if (log.committed() >= leadershipIndex && reads.beginRound()) {
            replication.sendHeartbeats(reads.round());
            confirmReads();
        }
    }

    private void confirmReads() {
        reads.confirm();
        if (log.committed() >= leadershipIndex && reads.beginRound()) {
            replication.sendHeartbeats(reads.round());
        }
    }

    void snapshotSent(MemberId member, boolean arrived, long index) {
        Progress progress = replication.find(member);
        if (progress != null && progress.flow() == RaftStatus.Flow.SNAPSHOT) {
            progress.snapshotEnded(arrived, index);
        }
    }

    /** Hands leadership to a voter: new proposals wait until it has the whole log and is told to stand (§3.10). */
    boolean transfer(MemberId to) {
        Progress progress = replication.find(to);
        if (progress == null || !replica.membership().isVoter(to) || transferTo != null) {
            return false;
        }
        transferTo = to;
        transferTicksLeft = replica.settings.electionTicksMin();
        finishTransfer(to, progress);
        return true;
    }

    private void finishTransfer(MemberId member, Progress progress) {
        if (member.equals(transferTo) && progress.match() == log.lastIndex()) {
            replica.send(new TimeoutNow(replica.self, member, replica.term()));
        }
    }

    @Override
    void tick() {
        replication.tick();
        if (transferTo != null && --transferTicksLeft <= 0) {
            transferTo = null;
        }
        if (--ticksToCheck <= 0) {
            ticksToCheck = replica.settings.electionTicksMin();
            int heard = replication.countVotersHeard() + (replica.isVoter() ? 1 : 0);
            if (heard < replica.membership().majority()) {
                replica.becomeFollower(replica.term(), null);
                return;
            }
        }
        if (--ticksToHeartbeat <= 0) {
            ticksToHeartbeat = replica.settings.heartbeatTicks();
            replication.sendHeartbeats(reads.round());
        }
    }

    @Override
    void step(Message message) {
        Progress progress = replication.find(message.from());
        if (progress == null) {
            return; // no longer a member
        }
        progress.hear();
        if (message instanceof AppendAccepted accepted) {
            onAccepted(accepted, progress);
        } else if (message instanceof AppendRefused refused) {
            replication.onRefused(refused, progress);
        } else if (message instanceof HeartbeatReply reply) {
            onHeartbeatReply(reply, progress);
        }
    }

    private void onAccepted(AppendAccepted accepted, Progress progress) {
        if (accepted.match() > log.lastIndex()) {
            throw new AssertionError("member " + accepted.from() + " has stored up to " + accepted.match()
                    + ", the log of its leader ends at " + log.lastIndex());
        }
        progress.accepted(accepted.match(), log.start().index());
        commit();
        if (replica.role() == this) {
            replication.send(accepted.from(), progress);
            finishTransfer(accepted.from(), progress);
        }
    }

    private void onHeartbeatReply(HeartbeatReply reply, Progress progress) {
        progress.resume();
        if (progress.match() < log.lastIndex()) {
            replication.sendProbe(reply.from(), progress);
        }
        finishTransfer(reply.from(), progress);
        reads.answered(reply.from(), reply.context());
        confirmReads();
    }

    @Override
    void persisted() {
        commit();
    }

    /** An entry is committed when a majority has stored it; the leader counts like any other, once its own write is done (§10.2.1). */
    private void commit() {
        long stored = replica.writes.storedState().term() == replica.term() ? log.persisted() : 0;
        long reached =
                Quorum.reached(replica.membership(), id -> id.equals(replica.self) ? stored : replication.match(id));
        if (reached > log.committed() && replica.rules.commitsByCounting(log.term(reached), replica.term())) {
            log.commitTo(reached);
            uncommitted.committed(reached);
            beginReads();
            leaveIfRemoved();
        }
    }

    /** A leader that is not a voter of the new membership leads until that is committed, without counting itself (§4.2.2). */
    private void leaveIfRemoved() {
        if (!replica.isVoter() && log.committed() >= replica.memberships.currentIndex()) {
            replication
                    .mostAdvancedVoter()
                    .ifPresent(id -> replica.send(new TimeoutNow(replica.self, id, replica.term())));
            replica.becomeFollower(replica.term(), null);
        }
    }
}
