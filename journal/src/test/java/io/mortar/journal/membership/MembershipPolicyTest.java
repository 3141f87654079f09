package io.mortar.journal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.membership.MemberChange.AddLearner;
import io.mortar.journal.membership.MemberChange.Demote;
import io.mortar.journal.membership.MemberChange.Promote;
import io.mortar.journal.membership.MemberChange.Relocate;
import io.mortar.journal.membership.MemberChange.Remove;
import io.mortar.journal.raft.MemberId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MembershipPolicyTest {
    private final SimulatedPool pool = new SimulatedPool();

    private static MemberId id(String name) {
        return new MemberId(name);
    }

    @Test
    void one_node_keeps_the_only_copy() {
        pool.nodes("a").voters("a");
        assertThat(pool.next()).isEmpty();
    }

    @Test
    void nothing_changes_before_the_pool_is_known() {
        pool.voters("a", "b", "c");
        assertThat(pool.next()).isEmpty();
    }

    @Test
    void the_second_node_gets_a_copy_without_a_vote() {
        pool.nodes("a", "b").voters("a");
        assertThat(pool.next()).contains(new AddLearner(id("b"), "b:1"));
        pool.learners("b");
        assertThat(pool.next()).isEmpty();
    }

    @Test
    void three_nodes_become_three_voters_and_neither_is_promoted_before_both_have_caught_up() {
        pool.nodes("a", "b", "c").voters("a");
        assertThat(pool.next()).contains(new AddLearner(id("b"), "b:1"));
        pool.learners("b");
        assertThat(pool.next()).contains(new AddLearner(id("c"), "c:1"));
        pool.learners("c").lags("c", 1_000_000);
        assertThat(pool.next()).isEmpty();
        pool.lags("c", 3);
        assertThat(pool.next()).contains(new Promote(id("b")));
        pool.voters("b");
        assertThat(pool.next()).contains(new Promote(id("c")));
        pool.voters("c");
        assertThat(pool.next()).isEmpty();
    }

    @Test
    void pools_of_any_size_settle_at_their_number_of_voters() {
        int[] voters = {1, 1, 3, 3, 3, 3, 5, 5, 5};
        for (int nodes = 1; nodes <= voters.length; nodes++) {
            SimulatedPool grown = new SimulatedPool().voters("n0");
            for (int i = 0; i < nodes; i++) {
                grown.nodes("n" + i);
            }
            grown.settle();
            assertThat(grown.voterCount()).as(nodes + " nodes").isEqualTo(voters[nodes - 1]);
            assertThat(grown.learnerCount()).as(nodes + " nodes").isEqualTo(nodes == 2 ? 1 : 0);
        }
    }

    @Test
    void copies_go_to_different_hosts_first_and_then_to_where_there_is_most_room() {
        pool.node("a", "rack1", 10)
                .node("b", "rack1", 90)
                .node("c", "rack2", 20)
                .node("d", "rack3", 30);
        pool.voters("a");
        assertThat(pool.next()).contains(new AddLearner(id("d"), "d:1"));
        pool.learners("d");
        assertThat(pool.next()).contains(new AddLearner(id("c"), "c:1"));
    }

    @Test
    void a_dead_voter_is_replaced_after_the_time_for_it_and_leaves_last() {
        pool.nodes("a", "b", "c", "d").voters("a", "b", "c").silent("c", Duration.ofMinutes(4));
        assertThat(pool.next()).isEmpty();
        pool.silent("c", Duration.ofMinutes(6));
        assertThat(pool.next()).contains(new AddLearner(id("d"), "d:1"));
        pool.learners("d").lags("d", 1_000_000);
        assertThat(pool.next()).isEmpty();
        pool.lags("d", 0);
        assertThat(pool.next()).contains(new Promote(id("d")));
        pool.voters("d");
        assertThat(pool.next()).contains(new Remove(id("c")));
    }

    @Test
    void a_dead_voter_stays_when_nobody_can_take_its_place() {
        pool.nodes("a", "b", "c").voters("a", "b", "c").silent("c", Duration.ofHours(1));
        assertThat(pool.next()).isEmpty();
    }

    @Test
    void a_voter_that_comes_back_before_it_was_replaced_makes_the_learner_superfluous() {
        pool.nodes("a", "b", "c", "d").voters("a", "b", "c").learners("d");
        assertThat(pool.next()).contains(new Remove(id("d")));
    }

    @Test
    void a_learner_that_died_makes_room_for_another_node() {
        pool.nodes("a", "b", "c", "d").voters("a").learners("b", "c").silent("c", Duration.ofMinutes(6));
        assertThat(pool.next()).contains(new Remove(id("c")));
    }

    @Test
    void nobody_is_promoted_when_the_living_voters_would_no_longer_be_a_majority() {
        pool.nodes("a", "b", "c", "d", "e", "f", "g")
                .voters("a", "b", "c", "d", "e")
                .learners("f", "g");
        pool.silent("c", Duration.ofMinutes(6))
                .silent("d", Duration.ofMinutes(6))
                .silent("e", Duration.ofSeconds(20));
        assertThat(pool.next()).isEmpty();
    }

    @Test
    void a_node_that_left_for_good_loses_its_copy_at_once() {
        pool.nodes("a", "b").voters("a", "b", "c").silent("c", Duration.ofSeconds(20));
        assertThat(pool.next()).contains(new Remove(id("c")));
    }

    @Test
    void a_node_that_left_keeps_its_vote_while_the_others_are_no_majority_without_it() {
        pool.nodes("a", "b").voters("a", "b", "c").silent("b", Duration.ofSeconds(20));
        assertThat(pool.next()).contains(new Demote(id("b")));
    }

    @Test
    void of_the_last_two_voters_one_gives_up_its_vote_and_keeps_its_copy() {
        pool.nodes("a", "b").voters("a", "b");
        assertThat(pool.next()).contains(new Demote(id("b")));
    }

    @Test
    void a_leader_that_left_for_good_hands_over() {
        pool.nodes("b", "c", "d").voters("a", "b", "c");
        assertThat(pool.next()).contains(new Remove(id("a")));
    }

    @Test
    void the_last_voter_stays_until_another_can_take_over() {
        pool.nodes("b").voters("a").learners("b").lags("b", 1_000_000);
        assertThat(pool.next()).isEmpty();
        pool.lags("b", 0);
        assertThat(pool.next()).contains(new Promote(id("b")));
        pool.voters("b");
        assertThat(pool.next()).contains(new Remove(id("a")));
    }

    @Test
    void a_member_that_moved_is_noted_where_it_is_once_it_was_heard() {
        pool.nodes("a", "b", "c", "d").voters("a", "b", "c").moved("c", "c:9").silent("c", Duration.ofMinutes(1));
        assertThat(pool.next()).isEmpty();
        pool.silent("c", Duration.ZERO);
        assertThat(pool.next()).contains(new Relocate(id("c"), "c:9"));
        pool.settle();
        assertThat(pool.addressOf("c")).isEqualTo("c:9");
    }

    @Test
    void a_leader_or_learner_that_moved_is_noted_and_keeps_its_role() {
        pool.nodes("a", "b").voters("a").learners("b").moved("a", "a:9").moved("b", "b:9");
        pool.settle();
        assertThat(pool.addressOf("a")).isEqualTo("a:9");
        assertThat(pool.addressOf("b")).isEqualTo("b:9");
        assertThat(pool.voterCount()).isEqualTo(1);
        assertThat(pool.learnerCount()).isEqualTo(1);
    }

    @Test
    void an_unreachable_node_gets_no_copy() {
        pool.nodes("a", "b", "c").voters("a").unreachable("b").unreachable("c");
        assertThat(pool.next()).isEmpty();
    }
}
