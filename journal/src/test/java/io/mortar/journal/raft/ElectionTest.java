package io.mortar.journal.raft;

import static io.mortar.journal.raft.TestReplica.A;
import static io.mortar.journal.raft.TestReplica.B;
import static io.mortar.journal.raft.TestReplica.C;
import static io.mortar.journal.raft.TestReplica.voters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.AppendAccepted;
import io.mortar.journal.raft.Message.AppendRefused;
import io.mortar.journal.raft.Message.Heartbeat;
import io.mortar.journal.raft.Message.HeartbeatReply;
import io.mortar.journal.raft.Message.PreVote;
import io.mortar.journal.raft.Message.PreVoteReply;
import io.mortar.journal.raft.Message.TimeoutNow;
import io.mortar.journal.raft.Message.Vote;
import io.mortar.journal.raft.Message.VoteReply;
import io.mortar.journal.raft.RaftStatus.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private final TestReplica a = new TestReplica(A, voters(A, B, C));

    @Test
    void a_silent_leader_is_replaced_only_if_a_majority_agrees_before() {
        a.loseLeader();
        assertThat(a.core.role()).isEqualTo(RoleName.PRE_CANDIDATE);
        assertThat(a.core.term()).isZero();
        a.step(new PreVoteReply(B, A, 0, 1, true));
        assertThat(a.core.role()).isEqualTo(RoleName.CANDIDATE);
        assertThat(a.core.term()).isEqualTo(1);
    }

    /** Found by the simulator: in a group of two, a replica that missed a term could never help to end the next one. */
    @Test
    void a_promise_of_a_replica_with_an_older_term_counts() {
        a.step(new Heartbeat(B, A, 3, 0, 0));
        a.loseLeader();
        assertThat(a.core.role()).isEqualTo(RoleName.PRE_CANDIDATE);
        a.step(new PreVoteReply(C, A, 0, 4, true));
        assertThat(a.core.role()).isEqualTo(RoleName.CANDIDATE);
    }

    @Test
    void a_request_for_a_vote_leaves_only_when_the_own_vote_is_stored() {
        a.loseLeader();
        a.core.step(new PreVoteReply(B, A, 0, 1, true));
        Ready ready = a.take();
        assertThat(a.sent(Vote.class)).isEmpty();
        a.store(ready);
        a.settle();
        assertThat(a.sent(Vote.class)).hasSize(2);
    }

    @Test
    void a_vote_leaves_only_when_it_is_stored() {
        a.core.step(new Vote(B, A, 1, 0, 0, false));
        Ready ready = a.take();
        assertThat(ready.hardState()).isEqualTo(new HardState(1, B));
        assertThat(a.sent).isEmpty();
        a.store(ready);
        a.settle();
        assertThat(a.sent).containsExactly(new VoteReply(A, B, 1, true));
    }

    @Test
    void there_is_one_vote_per_term_also_after_a_restart() {
        a.step(new Vote(B, A, 1, 0, 0, false));
        TestReplica restarted = new TestReplica(A, a.log, 0);
        restarted.step(new Vote(C, A, 1, 0, 0, false), new Vote(B, A, 1, 0, 0, false));
        assertThat(restarted.sent).containsExactly(new VoteReply(A, C, 1, false), new VoteReply(A, B, 1, true));
    }

    @Test
    void a_candidate_that_lacks_entries_gets_no_vote() {
        a.lead(B);
        a.step(new Vote(C, A, 9, 0, 0, true));
        assertThat(a.sent(VoteReply.class)).containsExactly(new VoteReply(A, C, 9, false));
    }

    @Test
    void a_replica_that_hears_its_leader_ignores_candidates_and_their_terms() {
        a.step(new Heartbeat(B, A, 1, 0, 0));
        a.sent.clear();
        a.step(new Vote(C, A, 7, 9, 6, false), new PreVote(C, A, 7, 9, 6));
        assertThat(a.core.term()).isEqualTo(1);
        assertThat(a.sent).containsExactly(new PreVoteReply(A, C, 1, 7, false));
    }

    @Test
    void a_leader_asks_for_its_own_replacement_with_success() {
        a.step(new Heartbeat(B, A, 1, 0, 0), new Vote(C, A, 2, 9, 1, true));
        assertThat(a.sent(VoteReply.class)).containsExactly(new VoteReply(A, C, 2, true));
    }

    @Test
    void a_refused_candidate_takes_over_a_higher_term() {
        a.loseLeader();
        a.step(new PreVoteReply(B, A, 5, 1, false));
        assertThat(a.core.term()).isEqualTo(5);
        assertThat(a.core.role()).isEqualTo(RoleName.FOLLOWER);
    }

    @Test
    void a_leader_that_no_majority_hears_steps_down() {
        a.lead(B);
        a.ticks(4);
        assertThat(a.core.role()).isEqualTo(RoleName.LEADER);
        a.ticks(6);
        assertThat(a.core.role()).isEqualTo(RoleName.FOLLOWER);
        assertThat(a.core.term()).isEqualTo(1);
    }

    @Test
    void a_leader_of_the_past_learns_of_the_present() {
        a.step(new Heartbeat(B, A, 5, 0, 0));
        a.sent.clear();
        a.step(new Append(C, A, 4, 0, 0, List.of(), 0), new Heartbeat(C, A, 4, 0, 3));
        assertThat(a.sent).containsExactly(new AppendRefused(A, C, 5, 0, 0, 0), new HeartbeatReply(A, C, 5, 3));
    }

    @Test
    void two_leaders_of_one_term_stop_the_process() {
        a.step(new Heartbeat(B, A, 1, 0, 0));
        assertThatThrownBy(() -> a.core.step(new Heartbeat(C, A, 1, 0, 0))).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_learner_does_not_stand() {
        Membership membership = voters(A, B).with(Member.learner(C, "c:1"));
        TestReplica c = new TestReplica(C, membership);
        c.ticks(50).step(new TimeoutNow(A, C, 1));
        assertThat(c.core.role()).isEqualTo(RoleName.FOLLOWER);
        assertThat(c.sent).isEmpty();
    }

    /** Found by the simulator: the other voter's log is too short, and this one was not in its own membership any more. */
    @Test
    void a_leader_that_crashed_while_it_removed_itself_is_still_electable() {
        TestReplica leader = new TestReplica(A, voters(A, B));
        leader.lead(B);
        assertThat(leader.core.proposeMembership(voters(B))).isInstanceOf(Proposal.Accepted.class);
        leader.settle();

        TestReplica restarted = new TestReplica(A, leader.log, 1);
        assertThat(restarted.core.status().membership()).isEqualTo(voters(B));
        restarted.loseLeader();
        restarted.step(new PreVoteReply(B, A, 1, 2, true), new VoteReply(B, A, 2, true));
        assertThat(restarted.core.role()).isEqualTo(RoleName.LEADER);
        restarted.step(new AppendAccepted(B, A, 2, 3));

        assertThat(restarted.core.committed()).isEqualTo(3);
        assertThat(restarted.core.role()).isEqualTo(RoleName.FOLLOWER);
        assertThat(restarted.sent).contains(new TimeoutNow(A, B, 2));
        restarted.ticks(50);
        assertThat(restarted.core.role()).isEqualTo(RoleName.FOLLOWER);
    }
}
