package io.mortar.journal.raft;

import io.mortar.journal.raft.Message.PreVote;
import io.mortar.journal.raft.Message.PreVoteReply;
import io.mortar.journal.raft.Message.Vote;
import io.mortar.journal.raft.Message.VoteReply;

/**
 * Who gets this replica's vote. A replica answers whether or not candidate or itself are members as far as it knows: the membership
 * in its log may be an old one (§4.2.2).
 */
final class Ballot {
    private Ballot() {}

    /** A pre-vote is granted if a vote would be; it changes nothing (§9.6). */
    static void answer(Replica replica, PreVote request) {
        boolean granted = request.term() > replica.term()
                && !replica.role().protectsLeader()
                && replica.log.isCoveredBy(request.lastIndex(), request.lastTerm());
        replica.send(new PreVoteReply(replica.self, request.from(), replica.term(), request.term(), granted));
    }

    /** One vote per term, to a candidate whose log has everything that may be committed (§3.4, §3.6.1); stored before it is given. */
    static void answer(Replica replica, Vote request) {
        if (request.term() < replica.term()) {
            replica.send(new VoteReply(replica.self, request.from(), replica.term(), false));
            return;
        }
        if (!request.transfer() && replica.role().protectsLeader()) {
            return; // and the term is not taken over either, or a removed member could depose leaders (§4.2.3)
        }
        if (request.term() > replica.term()) {
            replica.becomeFollower(request.term(), null);
        }
        HardState hardState = replica.hardState();
        boolean free = hardState.vote() == null && replica.leader() == null;
        boolean granted = (free || request.from().equals(hardState.vote()))
                && replica.log.isCoveredBy(request.lastIndex(), request.lastTerm());
        if (granted) {
            replica.vote(request.from());
            if (replica.role() instanceof Follower follower) {
                follower.waitAgain();
            }
            replica.sendWhenStored(new VoteReply(replica.self, request.from(), replica.term(), true));
        } else {
            replica.send(new VoteReply(replica.self, request.from(), replica.term(), false));
        }
    }
}
