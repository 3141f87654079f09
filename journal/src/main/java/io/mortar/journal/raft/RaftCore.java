package io.mortar.journal.raft;

import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.AppendRefused;
import io.mortar.journal.raft.Message.Heartbeat;
import io.mortar.journal.raft.Message.HeartbeatReply;
import io.mortar.journal.raft.Message.PreVote;
import io.mortar.journal.raft.Message.PreVoteReply;
import io.mortar.journal.raft.Message.SnapshotDone;
import io.mortar.journal.raft.Message.TimeoutNow;
import io.mortar.journal.raft.Message.Vote;
import io.mortar.journal.raft.Proposal.Reason;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a group. Single-threaded: one actor calls every method. After any call the shell takes {@link #ready()} as long as
 * {@link #hasReady()}, and does what {@link Ready} says; several may be outstanding, and the core goes on meanwhile. Proposals that
 * are made between two calls of {@link #ready()} travel together, so a shell that drains its mailbox first batches for free.
 *
 * <p>An {@link AssertionError} means that a rule of the protocol is broken, by a bug or by a store that lost what it had reported as
 * stored: the process must stop, and nothing of this core may be used any more.
 */
public final class RaftCore {
    private final Replica replica;

    /**
     * A replica as it starts, as a follower without a leader. The only voter of a group stands for election at its first tick.
     *
     * @param hardState what was stored last, {@link HardState#INITIAL} at first
     * @param applied index up to which the state has applied the log, durably; between the log's start and end
     * @param random for election timeouts; replicas of one group must not share a sequence
     */
    public RaftCore(
            MemberId self,
            RaftSettings settings,
            HardState hardState,
            StoredLog stored,
            long applied,
            RandomGenerator random) {
        this(self, settings, RaftRules.CORRECT, hardState, stored, applied, random);
    }

    RaftCore(
            MemberId self,
            RaftSettings settings,
            RaftRules rules,
            HardState hardState,
            StoredLog stored,
            long applied,
            RandomGenerator random) {
        replica = new Replica(self, settings, rules, hardState, stored, applied, random);
    }

    /** One tick has passed. */
    public void tick() {
        replica.role().tick();
    }

    /**
     * A message has arrived, from the network or, {@link SnapshotDone}, from the shell. After a {@code SnapshotDone} the next {@link
     * Ready} has {@link Ready#install()} equal to its point, or the received snapshot is not needed and the shell discards it.
     */
    public void step(Message message) {
        if (!message.to().equals(replica.self)) {
            throw new IllegalArgumentException(message + " is not for " + replica.self);
        }
        if (message instanceof PreVote preVote) {
            Ballot.answer(replica, preVote);
        } else if (message instanceof Vote vote) {
            Ballot.answer(replica, vote);
        } else if (message.term() < replica.term() && !(message instanceof PreVoteReply)) {
            stepOld(message);
        } else {
            // The promise of a replica with an older term counts: a vote would raise its term.
            if (message.term() > replica.term()) {
                replica.becomeFollower(message.term(), isFromLeader(message) ? message.from() : null);
            }
            replica.role().step(message);
        }
    }

    /**
     * A leader of the past must learn of the new term even from a replica that follows nobody: else a replica that once stood for
     * election alone, and so is ahead of its group's term, could never be reached again.
     */
    private void stepOld(Message message) {
        if (message instanceof Append append) {
            replica.send(new AppendRefused(replica.self, append.from(), replica.term(), append.previousIndex(), 0, 0));
        } else if (message instanceof Heartbeat heartbeat) {
            replica.send(new HeartbeatReply(replica.self, heartbeat.from(), replica.term(), heartbeat.context()));
        } else if (message instanceof SnapshotDone && replica.role() instanceof Follower follower) {
            follower.step(message);
        }
    }

    private static boolean isFromLeader(Message message) {
        return message instanceof Append
                || message instanceof Heartbeat
                || message instanceof SnapshotDone
                || message instanceof TimeoutNow;
    }

    /** Proposes an entry of kind {@link Entry.Kind#ROWS}. The payload is not copied. */
    public Proposal propose(byte[] payload) {
        return replica.role() instanceof Leader leader ? leader.propose(payload) : notLeader();
    }

    /**
     * Proposes a membership that differs from the present one by at most one voter; learners and addresses may change along with it.
     * It is in force at once, and committed like any entry. Whether a learner has caught up is the caller's judgement.
     */
    public Proposal proposeMembership(Membership membership) {
        return replica.role() instanceof Leader leader ? leader.proposeMembership(membership) : notLeader();
    }

    private Proposal notLeader() {
        return new Proposal.Refused(Reason.NOT_LEADER, replica.leader());
    }

    /**
     * Asks from which index on a state contains everything that was acknowledged before this call. Answered in {@link Ready#reads()},
     * exactly once, unless the process ends.
     *
     * @param readId chosen by the caller, who keeps it unique
     */
    public void readIndex(long readId) {
        if (replica.role() instanceof Leader leader) {
            leader.readIndex(readId);
        } else {
            replica.outbox.answer(new ReadResult.Failed(readId));
        }
    }

    /**
     * Hands leadership to {@code to}; proposals are refused meanwhile. Succeeds or is given up within {@link
     * RaftSettings#electionTicksMin()}; {@link #status()} tells.
     *
     * @return false if this is not the leader, a transfer is under way, or {@code to} is no other voter
     */
    public boolean transfer(MemberId to) {
        return replica.role() instanceof Leader leader && leader.transfer(to);
    }

    /** The {@link Ready} with this number, and every one before it, is durable. */
    public void persisted(long number) {
        replica.log.persistedTo(replica.writes.finish(number));
        replica.outbox.persisted(number);
        replica.role().persisted();
    }

    /** The entries handed out up to {@code index} are applied, durably; {@code index} ends a handed-out batch. */
    public void applied(long index) {
        replica.log.applied(index);
    }

    /** State and log stand at the point that {@link Ready#install()} had, durably. To be called before that {@code Ready} is reported as persisted. */
    public void installed(SnapshotPoint point) {
        replica.installed(point);
    }

    /**
     * A stream that {@link Ready#snapshots()} asked for has ended. Must be called for each, also if the member cannot be reached.
     *
     * @param arrived the member has all of it and has stepped {@link SnapshotDone}
     * @param index where the snapshot ends
     */
    public void snapshotSent(MemberId member, boolean arrived, long index) {
        if (replica.role() instanceof Leader leader) {
            leader.snapshotSent(member, arrived, index);
        }
    }

    /**
     * The log is to begin as late as possible, at most after {@code index}. The core does not read what lies before the returned point
     * any more, and the shell may delete it whenever it likes. Entries that are not applied or not stored stay, as do those that a
     * member needs to go on after a snapshot that is being sent to it.
     *
     * @return where the log begins now, possibly where it began before
     */
    public SnapshotPoint compact(long index) {
        RaftLog log = replica.log;
        long needed =
                replica.role() instanceof Leader leader ? leader.replication().needed() : Long.MAX_VALUE;
        long last = Math.min(Math.min(index, needed), Math.min(log.applied(), log.persisted()));
        if (last > log.start().index() && !replica.isInstalling()) {
            log.compactTo(new SnapshotPoint(last, log.term(last), replica.memberships.at(last)));
            replica.memberships.compactedTo(last);
        }
        return log.start();
    }

    /** Whether {@link #ready()} would contain anything. */
    public boolean hasReady() {
        return !replica.outbox.isEmpty()
                || replica.log.hasUnhanded()
                || replica.log.hasCommitted()
                || !replica.hardState().equals(replica.writes.handedState());
    }

    /** Takes what has to be done next; see {@link Ready} for the order. */
    public Ready ready() {
        replica.role().flush();
        HardState hardState = replica.hardState();
        HardState changed = hardState.equals(replica.writes.handedState()) ? null : hardState;
        List<Entry> entries = replica.log.takeUnhanded();
        List<Entry> committed = replica.log.takeCommitted(replica.settings.committedBytesMax());
        long number = replica.writes.hand(replica.log.lastIndex(), hardState);
        return replica.outbox.take(number, changed, entries, committed);
    }

    public RaftStatus.RoleName role() {
        return replica.role().name();
    }

    public long term() {
        return replica.term();
    }

    /** The leader of the present term, as far as known. */
    public @Nullable MemberId leader() {
        return replica.leader();
    }

    /** Index up to which entries are known to be committed. */
    public long committed() {
        return replica.log.committed();
    }

    /** How this replica stands now. */
    public RaftStatus status() {
        RaftLog log = replica.log;
        @Nullable Leader leader = replica.role() instanceof Leader leading ? leading : null;
        return new RaftStatus(
                replica.self,
                role(),
                term(),
                leader(),
                leader == null ? 0 : leader.leadershipIndex(),
                log.start(),
                log.lastIndex(),
                log.persisted(),
                log.committed(),
                log.applied(),
                replica.membership(),
                replica.memberships.currentIndex(),
                leader == null ? null : leader.transferTo(),
                leader == null ? Map.of() : leader.replication().status());
    }
}
