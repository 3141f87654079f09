package io.mortar.journal.raft;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What outlives a replica's roles: term, vote, log, membership, and the way from one role to the next (figure 3.3). */
final class Replica {
    final MemberId self;
    final RaftSettings settings;
    final RaftRules rules;
    final PendingWrites writes;
    final RaftLog log;
    final Memberships memberships;
    final Outbox outbox = new Outbox();
    private final RandomGenerator random;
    private HardState hardState;
    private @Nullable MemberId leader;
    private @Nullable SnapshotPoint installing;
    private Role role;

    Replica(
            MemberId self,
            RaftSettings settings,
            RaftRules rules,
            HardState hardState,
            StoredLog stored,
            long applied,
            RandomGenerator random) {
        this.self = self;
        this.settings = settings;
        this.rules = rules;
        this.random = random;
        writes = new PendingWrites(hardState);
        log = new RaftLog(stored, writes, applied, settings.retainedBytesMax());
        memberships = new Memberships(log.start());
        // Only a crash between the two steps of an installation leaves a term behind that of the log; no vote was given
        // in between.
        this.hardState = hardState.term() < log.lastTerm() ? new HardState(log.lastTerm(), null) : hardState;
        readMemberships(stored);
        role = new Follower(this);
        role.begin();
    }

    /** The membership in force is that of the log's start, changed by every entry of the log, committed or not (§4.1). */
    private void readMemberships(StoredLog stored) {
        long next = log.start().index() + 1;
        while (next <= stored.lastIndex()) {
            List<Entry> entries = stored.entries(next, stored.lastIndex() + 1, settings.committedBytesMax());
            entries.forEach(memberships::appended);
            next += entries.size();
        }
    }

    long term() {
        return hardState.term();
    }

    HardState hardState() {
        return hardState;
    }

    @Nullable
    MemberId leader() {
        return leader;
    }

    Role role() {
        return role;
    }

    Membership membership() {
        return memberships.current();
    }

    boolean isVoter() {
        return membership().isVoter(self);
    }

    /** Whether this replica may stand for election. */
    boolean mayStand() {
        return memberships.mayStand(self, log.committed());
    }

    void send(Message message) {
        outbox.send(message);
    }

    /** Sends {@code message} once everything that this replica knows by now is durable. */
    void sendWhenStored(Message message) {
        boolean unhanded = log.hasUnhanded() || !hardState.equals(writes.handedState()) || outbox.hasInstall();
        if (unhanded) {
            outbox.sendAfter(writes.handedNumber() + 1, message);
        } else if (writes.isEmpty()) {
            outbox.send(message);
        } else {
            outbox.sendAfter(writes.handedNumber(), message);
        }
    }

    void append(Entry entry) {
        log.append(entry);
        memberships.appended(entry);
    }

    void truncateFrom(long index) {
        log.truncateFrom(index);
        memberships.truncatedFrom(index);
    }

    /** A number of ticks between the least and the most that a follower waits, so that candidates rarely collide (§3.4). */
    int electionTimeout() {
        return settings.electionTicksMin()
                + random.nextInt(settings.electionTicksMax() - settings.electionTicksMin() + 1);
    }

    /** Records a vote in the present term, which was not given yet or given to the same candidate. */
    void vote(MemberId candidate) {
        if (hardState.vote() != null && !hardState.vote().equals(candidate)) {
            throw new AssertionError(
                    "a vote for " + hardState.vote() + " in term " + term() + " is to go to " + candidate);
        }
        hardState = new HardState(term(), candidate);
    }

    /** Recognises the leader of the present term. */
    void follow(MemberId ofLeader) {
        if (leader != null && !leader.equals(ofLeader)) {
            throw new AssertionError("both " + leader + " and " + ofLeader + " lead term " + term());
        }
        leader = ofLeader;
    }

    /** Follows {@code ofLeader} in {@code term}, or waits for a leader if none is known. */
    void becomeFollower(long term, @Nullable MemberId ofLeader) {
        advanceTo(term);
        leader = ofLeader;
        become(new Follower(this));
    }

    /** Asks whether an election could be won before disturbing anyone with a new term (§9.6). */
    void becomePreCandidate() {
        leader = null;
        become(new Candidate(this, true, false));
    }

    /** Stands for election in the next term (§3.4). */
    void becomeCandidate(boolean transfer) {
        advanceTo(term() + 1);
        leader = null;
        vote(self);
        become(new Candidate(this, false, transfer));
    }

    void becomeLeader() {
        leader = self;
        become(new Leader(this));
    }

    private void advanceTo(long term) {
        if (term < term()) {
            throw new AssertionError("term " + term() + " is to go back to " + term);
        }
        if (term > term()) {
            hardState = new HardState(term, null);
            outbox.dropBefore(term);
        }
    }

    private void become(Role next) {
        role.end();
        role = next;
        next.begin();
    }

    boolean isInstalling() {
        return installing != null;
    }

    /** Replaces log and state by a snapshot (§5.3). */
    void install(SnapshotPoint point) {
        installing = point;
        log.reset(point);
        memberships.reset(point);
        outbox.install(point);
    }

    void installed(SnapshotPoint point) {
        if (!point.equals(installing)) {
            throw new AssertionError("installed " + point + " is reported, but " + installing + " was handed out");
        }
        installing = null;
        log.applied(point.index());
    }
}
