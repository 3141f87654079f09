package io.mortar.journal.raft;

import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.Heartbeat;
import io.mortar.journal.raft.Message.PreVote;
import io.mortar.journal.raft.Message.PreVoteReply;
import io.mortar.journal.raft.Message.SnapshotDone;
import io.mortar.journal.raft.Message.Vote;
import io.mortar.journal.raft.Message.VoteReply;
import java.util.HashSet;
import java.util.Set;

/** Collects votes (§3.4), or promises of votes (§9.6). */
final class Candidate extends Role {
    private final Replica replica;
    private final boolean preVote;
    private final boolean transfer;
    private final Set<MemberId> granted = new HashSet<>();
    private final Set<MemberId> refused = new HashSet<>();
    private int ticksLeft;

    Candidate(Replica replica, boolean preVote, boolean transfer) {
        this.replica = replica;
        this.preVote = preVote;
        this.transfer = transfer;
    }

    @Override
    RaftStatus.RoleName name() {
        return preVote ? RaftStatus.RoleName.PRE_CANDIDATE : RaftStatus.RoleName.CANDIDATE;
    }

    @Override
    boolean protectsLeader() {
        return false;
    }

    /**
     * A request for a real vote leaves only when term, own vote and log are stored. If it left before and the candidate crashed, it
     * could stand again in the same term with a shorter log, and win by votes that were given to the longer one.
     */
    @Override
    void begin() {
        ticksLeft = replica.electionTimeout();
        long lastIndex = replica.log.lastIndex();
        long lastTerm = replica.log.lastTerm();
        for (MemberId voter : replica.membership().voters()) {
            if (!voter.equals(replica.self) && preVote) {
                replica.send(new PreVote(replica.self, voter, replica.term() + 1, lastIndex, lastTerm));
            } else if (!voter.equals(replica.self)) {
                replica.sendWhenStored(new Vote(replica.self, voter, replica.term(), lastIndex, lastTerm, transfer));
            }
        }
        if (preVote) {
            count(replica.self, true);
        }
    }

    /** The own vote counts once it cannot be forgotten. */
    @Override
    void persisted() {
        if (!preVote && replica.writes.storedState().equals(replica.hardState())) {
            count(replica.self, true);
        }
    }

    @Override
    void tick() {
        ticksLeft--;
        if (ticksLeft <= 0) {
            replica.becomePreCandidate();
        }
    }

    @Override
    void step(Message message) {
        if (message instanceof PreVoteReply reply) {
            if (preVote && reply.candidacy() == replica.term() + 1) {
                count(reply.from(), reply.granted());
            }
        } else if (message instanceof VoteReply reply) {
            if (!preVote) {
                count(reply.from(), reply.granted());
            }
        } else if (message instanceof Append || message instanceof Heartbeat || message instanceof SnapshotDone) {
            replica.becomeFollower(replica.term(), message.from());
            replica.role().step(message);
        }
    }

    private void count(MemberId voter, boolean yes) {
        Membership membership = replica.membership();
        if (membership.isVoter(voter)) {
            (yes ? granted : refused).add(voter);
        }
        if (granted.size() >= membership.majority()) {
            if (preVote) {
                replica.becomeCandidate(false);
            } else {
                replica.becomeLeader();
            }
        } else if (refused.size() >= membership.majority()) {
            replica.becomeFollower(replica.term(), null);
        }
    }
}
