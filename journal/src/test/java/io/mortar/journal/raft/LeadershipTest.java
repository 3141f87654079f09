package io.mortar.journal.raft;

import static io.mortar.journal.raft.TestReplica.A;
import static io.mortar.journal.raft.TestReplica.B;
import static io.mortar.journal.raft.TestReplica.C;
import static io.mortar.journal.raft.TestReplica.voters;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.AppendAccepted;
import io.mortar.journal.raft.Message.Heartbeat;
import io.mortar.journal.raft.Message.HeartbeatReply;
import io.mortar.journal.raft.Message.TimeoutNow;
import io.mortar.journal.raft.Proposal.Reason;
import io.mortar.journal.raft.ReadResult.Confirmed;
import io.mortar.journal.raft.ReadResult.Failed;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final TestReplica a = new TestReplica(A, voters(A, B, C));

    @Test
    void a_read_waits_for_a_majority_that_answers_after_it() {
        a.lead(B);
        a.step(new HeartbeatReply(B, A, 1, 0));
        a.core.readIndex(7);
        a.settle();
        assertThat(a.reads).isEmpty();
        assertThat(a.sent(Heartbeat.class)).extracting(Heartbeat::context).containsExactly(1L, 1L);
        a.step(new HeartbeatReply(B, A, 1, 1));
        assertThat(a.reads).containsExactly(new Confirmed(7, 1));
    }

    @Test
    void reads_that_come_during_a_round_share_the_next_one() {
        a.lead(B);
        a.core.readIndex(1);
        a.core.readIndex(2);
        a.core.readIndex(3);
        a.step(new HeartbeatReply(B, A, 1, 1));
        assertThat(a.reads).containsExactly(new Confirmed(1, 1));
        a.step(new HeartbeatReply(B, A, 1, 2));
        assertThat(a.reads).contains(new Confirmed(2, 1), new Confirmed(3, 1));
    }

    @Test
    void reads_fail_when_there_are_too_many_and_when_leadership_ends() {
        a.lead(B);
        for (int i = 1; i <= 5; i++) {
            a.core.readIndex(i);
        }
        a.settle();
        assertThat(a.reads).containsExactly(new Failed(5));
        a.step(new Heartbeat(C, A, 2, 0, 0));
        assertThat(a.reads).contains(new Failed(1), new Failed(2), new Failed(3), new Failed(4));
    }

    @Test
    void a_read_waits_for_an_entry_of_the_term() {
        a.step(new Append(B, A, 1, 0, 0, List.of(new Entry(1, 1, Entry.Kind.EMPTY, new byte[0])), 0));
        a.loseLeader();
        a.step(new Message.PreVoteReply(B, A, 1, 2, true), new Message.VoteReply(B, A, 2, true));
        a.core.readIndex(1);
        a.step(new HeartbeatReply(B, A, 2, 9));
        assertThat(a.reads).isEmpty();
        a.step(new AppendAccepted(B, A, 2, 2), new HeartbeatReply(B, A, 2, 1));
        assertThat(a.reads).containsExactly(new Confirmed(1, 2));
    }

    @Test
    void leadership_goes_to_a_voter_once_it_has_everything() {
        a.lead(B);
        assertThat(a.core.transfer(A)).isFalse();
        a.core.propose(new byte[1]);
        assertThat(a.core.transfer(B)).isTrue();
        assertThat(a.core.propose(new byte[1])).isEqualTo(new Proposal.Refused(Reason.TRANSFERRING, A));
        a.settle();
        assertThat(a.sent(TimeoutNow.class)).isEmpty();
        a.step(new AppendAccepted(B, A, 1, 2));
        assertThat(a.sent(TimeoutNow.class)).containsExactly(new TimeoutNow(A, B, 1));
    }

    @Test
    void a_transfer_that_does_not_succeed_is_given_up() {
        a.lead(B);
        a.core.transfer(C);
        for (int i = 0; i < 6; i++) {
            a.ticks(1).step(new HeartbeatReply(B, A, 1, 0));
        }
        assertThat(a.core.status().transferTo()).isNull();
        assertThat(a.core.propose(new byte[1])).isInstanceOf(Proposal.Accepted.class);
    }

    @Test
    void membership_changes_one_voter_at_a_time() {
        a.lead(B);
        assertThat(a.core.proposeMembership(voters(A))).isEqualTo(new Proposal.Refused(Reason.NOT_ONE_VOTER, A));
        assertThat(a.core.proposeMembership(voters(A, B))).isEqualTo(new Proposal.Accepted(2, 1));
        assertThat(a.core.status().membership()).isEqualTo(voters(A, B));
        assertThat(a.core.proposeMembership(voters(A))).isEqualTo(new Proposal.Refused(Reason.CHANGE_PENDING, A));
        a.settle().step(new AppendAccepted(B, A, 1, 2));
        assertThat(a.core.proposeMembership(voters(A))).isInstanceOf(Proposal.Accepted.class);
    }

    @Test
    void membership_does_not_change_before_an_entry_of_the_term_is_committed() {
        a.loseLeader();
        a.step(new Message.PreVoteReply(B, A, 0, 1, true), new Message.VoteReply(B, A, 1, true));
        assertThat(a.core.proposeMembership(voters(A, B)))
                .isEqualTo(new Proposal.Refused(Reason.TERM_NOT_COMMITTED, A));
    }

    @Test
    void a_membership_that_is_truncated_gives_way_to_the_one_before() {
        a.lead(B);
        a.core.proposeMembership(voters(A, B));
        a.settle();
        Entry other = new Entry(2, 2, Entry.Kind.EMPTY, new byte[0]);
        a.step(new Append(C, A, 2, 1, 1, List.of(other), 1));
        assertThat(a.core.status().membership()).isEqualTo(voters(A, B, C));
    }

    @Test
    void learners_do_not_count() {
        TestReplica leader = new TestReplica(A, voters(A, B).with(Member.learner(C, "c:1")));
        leader.lead(B);
        leader.core.propose(new byte[1]);
        leader.settle().step(new AppendAccepted(C, A, 1, 2));
        assertThat(leader.core.committed()).isEqualTo(1);
        leader.step(new AppendAccepted(B, A, 1, 2));
        assertThat(leader.core.committed()).isEqualTo(2);
    }

    @Test
    void the_membership_after_a_restart_is_that_of_the_log() {
        TestReplica leader = new TestReplica(A, voters(A));
        leader.lead();
        Membership grown = voters(A).with(Member.learner(B, "b:9"));
        leader.core.proposeMembership(grown);
        leader.settle();
        assertThat(leader.core.compact(2).membership()).isEqualTo(grown);
        assertThat(new TestReplica(A, leader.log, 2).core.status().membership()).isEqualTo(grown);
    }
}
