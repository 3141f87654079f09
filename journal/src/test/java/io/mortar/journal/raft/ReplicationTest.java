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
import io.mortar.journal.raft.Message.SnapshotDone;
import io.mortar.journal.raft.Proposal.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationTest {
    private final TestReplica a = new TestReplica(A, voters(A, B, C));

    private static Entry entry(long index, long term) {
        return new Entry(index, term, Entry.Kind.ROWS, new byte[] {(byte) index, (byte) term});
    }

    private static Append append(long term, long previousIndex, long previousTerm, long commit, Entry... entries) {
        return new Append(B, A, term, previousIndex, previousTerm, List.of(entries), commit);
    }

    @Test
    void an_append_is_acknowledged_when_it_is_stored() {
        a.core.step(append(1, 0, 0, 0, entry(1, 1)));
        Ready ready = a.take();
        assertThat(a.sent).isEmpty();
        a.store(ready);
        a.settle();
        assertThat(a.sent).containsExactly(new AppendAccepted(A, B, 1, 1));
    }

    @Test
    void entries_in_conflict_with_the_leaders_are_replaced() {
        a.step(append(1, 0, 0, 0, entry(1, 1), entry(2, 1), entry(3, 1)));
        a.step(append(2, 1, 1, 0, entry(2, 2)));
        assertThat(a.log.lastIndex()).isEqualTo(2);
        assertThat(a.log.term(2)).isEqualTo(2);
    }

    @Test
    void an_append_that_was_overtaken_does_not_remove_what_followed_it() {
        a.step(append(1, 0, 0, 0, entry(1, 1), entry(2, 1)), append(1, 0, 0, 0, entry(1, 1)));
        assertThat(a.log.lastIndex()).isEqualTo(2);
    }

    /** See {@link PendingWrites}. */
    @Test
    void an_entry_that_was_overwritten_and_came_back_is_not_stored_too_early() {
        a.core.step(append(1, 0, 0, 0, entry(1, 1)));
        Ready first = a.take();
        a.core.step(append(2, 0, 0, 0, entry(1, 2)));
        Ready second = a.take();
        a.core.step(append(3, 0, 0, 0, entry(1, 1)));
        Ready third = a.take();
        a.store(first);
        a.settle();
        a.store(second);
        assertThat(a.core.status().persisted()).isZero();
        a.store(third);
        assertThat(a.core.status().persisted()).isEqualTo(1);
    }

    @Test
    void a_gap_is_refused_with_a_hint() {
        a.step(append(1, 0, 0, 0, entry(1, 1)));
        a.sent.clear();
        a.step(append(1, 7, 1, 0, entry(8, 1)));
        assertThat(a.sent).containsExactly(new AppendRefused(A, B, 1, 7, 1, 1));
    }

    @Test
    void a_commit_beyond_the_log_stops_the_process() {
        assertThatThrownBy(() -> a.core.step(new Heartbeat(B, A, 1, 5, 0))).isInstanceOf(AssertionError.class);
    }

    /** As after a group was told to go on with one copy, and a member that had more starts again. */
    @Test
    void a_leader_without_what_is_committed_here_stops_the_process_and_gets_no_answer() {
        a.step(append(1, 0, 0, 3, entry(1, 1), entry(2, 1), entry(3, 1)));
        a.sent.clear();
        assertThatThrownBy(() -> a.step(append(5, 2, 5, 2, entry(3, 5))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("went on without this member");
        assertThatThrownBy(() -> a.step(append(5, 1, 1, 2, entry(2, 5), entry(3, 5), entry(4, 5))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("entry 2 of term 5");
        assertThat(a.sent(AppendAccepted.class)).isEmpty();
        assertThat(a.core.status().lastIndex()).isEqualTo(3);
    }

    @Test
    void entries_of_old_terms_are_committed_along_with_one_of_the_present() {
        a.step(append(1, 0, 0, 0, entry(1, 1), entry(2, 1)));
        a.loseLeader();
        a.step(new Message.PreVoteReply(B, A, 1, 2, true), new Message.VoteReply(B, A, 2, true));
        a.step(new AppendAccepted(B, A, 2, 2));
        assertThat(a.core.committed()).isZero();
        a.step(new AppendAccepted(B, A, 2, 3));
        assertThat(a.core.committed()).isEqualTo(3);
    }

    @Test
    void appends_are_limited_in_bytes_and_number_until_they_are_answered() {
        a.lead(B);
        for (int i = 0; i < 10; i++) {
            a.core.propose(new byte[100]);
        }
        a.settle();
        List<Append> toB =
                a.sent(Append.class).stream().filter(m -> m.to().equals(B)).toList();
        assertThat(toB).hasSize(4).allSatisfy(m -> assertThat(m.entries()).hasSize(1));
        a.sent.clear();
        a.step(new AppendAccepted(B, A, 1, toB.get(0).lastIndex()));
        assertThat(a.sent(Append.class)).hasSize(1);
    }

    @Test
    void too_much_that_is_not_committed_is_refused() {
        a.lead(B);
        Proposal last = a.core.propose(new byte[1000]);
        assertThat(last).isInstanceOf(Proposal.Accepted.class);
        a.core.propose(new byte[1000]);
        assertThat(a.core.propose(new byte[1])).isEqualTo(new Proposal.Refused(Reason.OVERLOADED, A));
        a.settle().step(new AppendAccepted(B, A, 1, 3));
        assertThat(a.core.propose(new byte[1])).isInstanceOf(Proposal.Accepted.class);
        assertThat(a.core.propose(new byte[1025])).isEqualTo(new Proposal.Refused(Reason.TOO_LARGE, A));
    }

    @Test
    void a_follower_whose_disk_does_not_keep_up_takes_no_more() {
        a.core.step(append(1, 0, 0, 0, new Entry(1, 1, Entry.Kind.ROWS, new byte[2000])));
        Ready stuck = a.take();
        a.core.step(append(1, 1, 1, 0, entry(2, 1)));
        assertThat(a.core.status().lastIndex()).isEqualTo(1);
        a.store(stuck);
        a.step(append(1, 1, 1, 0, entry(2, 1)));
        assertThat(a.core.status().lastIndex()).isEqualTo(2);
    }

    @Test
    void a_member_too_far_behind_gets_a_snapshot_and_then_entries() {
        a.lead(B);
        a.core.propose(new byte[1]);
        a.settle().step(new AppendAccepted(B, A, 1, 2));
        assertThat(a.core.compact(2).index()).isEqualTo(2);
        a.step(new HeartbeatReply(C, A, 1, 0), new AppendRefused(C, A, 1, 0, 0, 0));
        a.step(new HeartbeatReply(C, A, 1, 0));
        assertThat(a.snapshots).containsExactly(new SnapshotWanted(C));
        a.core.propose(new byte[1]);
        a.settle().step(new AppendAccepted(B, A, 1, 3));
        assertThat(a.core.compact(3).index()).as("kept for C").isEqualTo(2);
        a.core.snapshotSent(C, true, 2);
        a.sent.clear();
        a.step(new HeartbeatReply(C, A, 1, 0));
        assertThat(a.sent(Append.class)).extracting(Append::previousIndex).containsExactly(2L);
        a.step(new AppendAccepted(C, A, 1, 3));
        assertThat(a.core.compact(3).index()).isEqualTo(3);
    }

    @Test
    void a_member_that_waits_for_a_snapshot_is_not_sent_a_second_one_whatever_it_answers() {
        a.lead(B);
        a.core.propose(new byte[1]);
        a.settle().step(new AppendAccepted(B, A, 1, 2));
        a.core.compact(2);
        a.step(new HeartbeatReply(C, A, 1, 0), new AppendRefused(C, A, 1, 0, 0, 0), new HeartbeatReply(C, A, 1, 0));
        assertThat(a.snapshots).containsExactly(new SnapshotWanted(C));
        a.step(new AppendAccepted(C, A, 1, 0), new AppendAccepted(C, A, 1, 1), new HeartbeatReply(C, A, 1, 0));
        assertThat(a.snapshots).containsExactly(new SnapshotWanted(C));
        a.step(new AppendAccepted(C, A, 1, 2));
        a.core.propose(new byte[1]);
        a.settle();
        assertThat(a.snapshots).containsExactly(new SnapshotWanted(C));
        assertThat(a.sent(Append.class))
                .filteredOn(m -> m.to().equals(C))
                .last()
                .extracting(Append::previousIndex)
                .isEqualTo(2L);
    }

    @Test
    void a_member_that_installs_a_snapshot_answers_once_it_is_installed() {
        a.step(new Heartbeat(B, A, 1, 0, 0));
        a.sent.clear();
        a.core.step(new SnapshotDone(B, A, 1, new SnapshotPoint(7, 1, voters(A, B, C))));
        Ready installs = a.take();
        a.core.step(append(1, 0, 0, 0));
        a.core.step(new SnapshotDone(B, A, 1, new SnapshotPoint(7, 1, voters(A, B, C))));
        Ready after = a.take();
        assertThat(a.sent(AppendAccepted.class)).isEmpty();
        a.store(installs);
        a.store(after);
        a.settle();
        assertThat(a.sent(AppendAccepted.class)).containsExactly(new AppendAccepted(A, B, 1, 7));
    }

    @Test
    void a_snapshot_replaces_a_log_in_conflict_with_it() {
        a.step(append(1, 0, 0, 0, entry(1, 1), entry(2, 1), entry(3, 1)));
        SnapshotPoint point = new SnapshotPoint(2, 2, voters(A, B, C));
        a.step(new SnapshotDone(B, A, 2, point));
        assertThat(a.log.start()).isEqualTo(point);
        assertThat(a.log.lastIndex()).isEqualTo(2);
        assertThat(a.sent).contains(new AppendAccepted(A, B, 2, 2));
    }

    @Test
    void a_snapshot_that_the_log_has_already_is_not_installed() {
        a.step(append(1, 0, 0, 0, entry(1, 1), entry(2, 1), entry(3, 1)));
        a.step(new SnapshotDone(B, A, 1, new SnapshotPoint(2, 1, voters(A, B, C))));
        assertThat(a.log.start().index()).isZero();
        assertThat(a.log.lastIndex()).isEqualTo(3);
        assertThat(a.committed).hasSize(2);
    }

    @Test
    void a_replica_that_joins_learns_the_founders_from_the_log() {
        TestReplica founder = new TestReplica(A, voters(A));
        founder.lead();
        founder.core.propose(new byte[1]);
        founder.core.proposeMembership(voters(A).with(Member.learner(B, "b:1")));
        founder.settle().step(new HeartbeatReply(B, A, 1, 0), new AppendRefused(B, A, 1, 3, 0, 0));
        assertThat(founder.snapshots).isEmpty();

        TestReplica joiner = new TestReplica(B, Membership.NONE);
        Append first = founder.sent(Append.class).stream()
                .filter(append -> append.previousIndex() == 0)
                .findFirst()
                .orElseThrow();
        joiner.step(new Append(A, B, 1, 0, 0, first.entries().subList(0, 1), 1));
        assertThat(joiner.core.status().membership()).isEqualTo(voters(A));
    }

    /** Found by the simulator: with nothing committed there is no snapshot to give, and without that voter no commit. */
    @Test
    void a_founder_that_has_applied_nothing_brings_its_log_to_a_voter_that_has_nothing() {
        TestReplica founder = new TestReplica(A, voters(A));
        founder.lead();
        founder.core.proposeMembership(voters(A, C));
        founder.settle();

        TestReplica restarted = new TestReplica(A, founder.log, 0);
        restarted.loseLeader();
        restarted.step(
                new Message.PreVoteReply(C, A, 0, 2, true),
                new Message.VoteReply(C, A, 2, true),
                new AppendRefused(C, A, 2, 2, 0, 0));
        assertThat(restarted.snapshots).isEmpty();
        assertThat(restarted.sent(Append.class))
                .extracting(Append::previousIndex)
                .contains(0L);
        restarted.step(new AppendAccepted(C, A, 2, 3));
        assertThat(restarted.core.committed()).isEqualTo(3);
    }
}
