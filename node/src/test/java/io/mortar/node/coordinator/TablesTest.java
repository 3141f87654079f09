package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.PartialDeletion;
import io.mortar.core.pool.BrickId;
import io.mortar.protocol.namespace.RequestKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final BrickId FIRST = ProbeBricks.id(0);
    private static final BrickId SECOND = ProbeBricks.id(1);

    private static FileVersion version(long inode) {
        return new FileVersion(ID, inode, 1);
    }

    @Test
    void a_lease_runs_out_after_its_term_unless_it_is_extended() {
        LeaseTable leases = new LeaseTable(100);
        leases.extend(version(1), 0);
        leases.extend(version(2), 0);
        leases.extend(version(3), 0);
        leases.extend(version(2), 50);
        leases.remove(version(3));

        assertThat(leases.overdue(99, 10)).isEmpty();
        assertThat(leases.overdue(100, 10)).containsExactly(version(1));
        assertThat(leases.overdue(150, 10)).containsExactlyInAnyOrder(version(1), version(2));
        assertThat(leases.overdue(150, 1)).hasSize(1);
    }

    @Test
    void pins_are_bounded_until_old_ones_run_out() {
        PinTable pins = new PinTable(100, 2);
        assertThat(pins.pin(version(1), 0)).isTrue();
        assertThat(pins.pin(version(2), 10)).isTrue();
        assertThat(pins.pin(version(3), 20)).isFalse();
        assertThat(pins.pin(version(1), 20)).isTrue();

        assertThat(pins.isPinned(version(1), 119)).isTrue();
        assertThat(pins.isPinned(version(2), 110)).isFalse();
        assertThat(pins.pin(version(3), 110)).isTrue();
    }

    @Test
    void a_failing_brick_rests_longer_each_time_until_it_succeeds() {
        BrickRests rests = new BrickRests(10, 30);
        rests.fail(FIRST, 0);
        assertThat(rests.isResting(FIRST, 9)).isTrue();
        assertThat(rests.isResting(FIRST, 10)).isFalse();
        assertThat(rests.isResting(SECOND, 0)).isFalse();
        rests.fail(FIRST, 10);
        assertThat(rests.isResting(FIRST, 29)).isTrue();
        rests.fail(FIRST, 30);
        assertThat(rests.isResting(FIRST, 59)).isTrue();
        assertThat(rests.isResting(FIRST, 60)).isFalse();
        rests.succeed(FIRST);
        rests.fail(FIRST, 60);
        assertThat(rests.isResting(FIRST, 70)).isFalse();
    }

    @Test
    void a_deletion_that_some_bricks_confirmed_waits_for_the_others_alone() {
        DueDeletion both = new DueDeletion(0, 1, version(1), List.of(FIRST, SECOND));
        DueDeletion one = new DueDeletion(0, 2, version(2), List.of(FIRST));
        DueDeletion none = new DueDeletion(0, 3, version(3), List.of(SECOND));
        PurgeRound round = new PurgeRound(List.of(both, one, none), FIRST::equals);
        assertThat(round.requests()).singleElement().satisfies(round::confirm);

        assertThat(round.isAnswered()).isTrue();
        assertThat(round.complete()).containsExactly(one);
        assertThat(round.partial()).containsExactly(new PartialDeletion(both, Set.of(FIRST)));
    }

    @Test
    void recent_answers_are_bounded() {
        RecentOutcomes recent = new RecentOutcomes(2);
        for (int i = 0; i < 3; i++) {
            recent.add(new RequestKey(1, i, 0), new Outcome.WriteAborted());
        }
        assertThat(recent.find(new RequestKey(1, 0, 0))).isEmpty();
        assertThat(recent.find(new RequestKey(1, 2, 0))).isPresent();
    }
}
