package io.mortar.core.registry;

import static io.mortar.core.registry.Samples.ALL;
import static io.mortar.core.registry.Samples.FIRST;
import static io.mortar.core.registry.Samples.VOLUME;
import static io.mortar.core.registry.Samples.add;
import static io.mortar.core.registry.Samples.after;
import static io.mortar.core.registry.Samples.brick;
import static io.mortar.core.registry.Samples.events;
import static io.mortar.core.registry.Samples.place;
import static io.mortar.core.registry.Samples.refusal;
import static io.mortar.core.registry.Samples.volumeIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.pool.NodeId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdditionRulesTest {
    private final RegistryState started = volumeIn(VolumeState.STARTED);
    private final RegistryState adding = after(started, add("bt1:/b4", "bt2:/b5"));
    private final RegistryCommand complete = new RegistryCommand.CompleteAddition(FIRST, List.of(brick(50), brick(51)));
    private final RegistryCommand rollBack =
            new RegistryCommand.RollBackAddition(FIRST, List.of(brick(51), brick(50)), "bt2 said no");

    private static RegistryCommand replace(String old, String next) {
        return new RegistryCommand.ReplaceBrick(VOLUME, place(old), place(next), brick(60), ALL);
    }

    private static RegisteredVolume volume(RegistryState state) {
        return state.existing(VOLUME);
    }

    @Test
    void bricks_are_the_volumes_when_all_of_them_are_prepared_and_not_before() {
        assertThat(volume(adding).bricks()).hasSize(3);
        assertThat(adding.bricksOf(Samples.node(1))).hasSize(1);

        RegistryState added = after(adding, complete);

        assertThat(volume(added).bricks())
                .extracting(b -> b.location().toString())
                .containsExactly("bt1:/b1", "bt2:/b2", "bt3:/b3", "bt1:/b4", "bt2:/b5");
        assertThat(volume(added).adding()).isNull();
        assertThat(added.bricksOf(Samples.node(1))).hasSize(2);
    }

    @Test
    void an_addition_that_is_given_up_leaves_the_volume_as_it_was_and_its_bricks_to_release() {
        RegistryState failed = after(adding, rollBack);

        assertThat(volume(failed)).isEqualTo(volume(started));
        assertThat(failed.releasing()).extracting(OwnedBrick::id).containsExactly(brick(50), brick(51));
    }

    @Test
    void the_same_request_during_and_after_the_addition_is_accepted_and_does_nothing() {
        assertThat(events(adding, add("bt2:/b5", "bt1:/b4"))).isEmpty();
        assertThat(events(after(adding, complete), add("bt1:/b4"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = VolumeState.class,
            names = {"CREATING", "DELETING"})
    void a_volume_that_is_not_there_yet_or_no_more_is_given_nothing(VolumeState state) {
        assertThat(refusal(volumeIn(state), add("bt1:/b4")).code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
        assertThat(refusal(Samples.POOL, add("bt1:/b4")).code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
    }

    @Test
    void every_problem_with_the_given_places_is_told_at_once() {
        Refusal refusal = refusal(started, add("bt9:/x", "bt1:/b1", "bt2:/y/.."));

        assertThat(refusal.code()).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal.text())
                .startsWith("no brick was added to volume 'bt-vol'")
                .contains("6 bricks, more than the 5")
                .contains("no node 'bt9'")
                .contains("volume 'bt-vol' uses it")
                .contains("bt2:/y/..");
        assertThat(refusal(started, add()).code()).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void a_node_that_cannot_be_reached_gets_no_brick() {
        Set<NodeId> reachable = Set.of(Samples.node(1));
        assertThat(refusal(
                                started,
                                new RegistryCommand.AddBricks(
                                        VOLUME, List.of(place("bt2:/b4")), List.of(brick(50)), reachable))
                        .code())
                .isEqualTo(RefusalCode.BRICK_DOWN);
    }

    @Test
    void bricks_that_are_being_prepared_are_in_use_for_everybody() {
        assertThat(refusal(adding, Samples.create("other", Samples.STRIPE_1, "bt1:/b4/x"))
                        .code())
                .isEqualTo(RefusalCode.BRICK_IN_USE);
        assertThat(refusal(
                                after(adding, new RegistryCommand.StopVolume(VOLUME)),
                                new RegistryCommand.ForgetNode(Samples.name(2), Set.of()))
                        .code())
                .isEqualTo(RefusalCode.BRICK_IN_USE);
    }

    @Test
    void one_addition_at_a_time_and_nothing_that_it_might_contradict() {
        RegistryState stopped = after(adding, new RegistryCommand.StopVolume(VOLUME));
        for (RegistryCommand command : List.of(
                add("bt3:/other"),
                replace("bt1:/b1", "bt1:/b4"),
                new RegistryCommand.RemoveBricks(VOLUME, List.of(place("bt1:/b1"))),
                new RegistryCommand.SetReplica(VOLUME, 2),
                new RegistryCommand.DeleteVolume(VOLUME))) {
            assertThat(refusal(stopped, command).code()).as("%s", command).isEqualTo(RefusalCode.OVERLOADED);
        }
    }

    /** Results of an addition that is over, of whatever came later. */
    @Test
    void late_steps_change_nothing() {
        RegistryState next = after(
                after(adding, rollBack),
                new RegistryCommand.AddBricks(VOLUME, List.of(place("bt3:/b6")), List.of(brick(70)), ALL));
        for (RegistryState state : List.of(started, Samples.POOL, volumeIn(VolumeState.DELETING), next)) {
            assertThat(events(state, complete)).isEmpty();
            assertThat(events(state, rollBack)).isEmpty();
        }
    }

    @Test
    void a_replaced_brick_leaves_when_its_successor_is_prepared() {
        RegistryState replacing = after(started, replace("bt2:/b2", "bt1:/new"));
        assertThat(volume(replacing).leaving()).isEmpty();
        assertThat(events(replacing, replace("bt2:/b2", "bt1:/new"))).isEmpty();

        RegistryState replaced = after(replacing, new RegistryCommand.CompleteAddition(FIRST, List.of(brick(60))));

        assertThat(volume(replaced).leaving()).containsExactly(new Departure(brick(1), brick(60), 1));
        assertThat(events(replaced, replace("bt2:/b2", "bt1:/new"))).isEmpty();
    }

    @Test
    void a_brick_that_is_leaving_or_taking_over_is_not_replaced() {
        RegistryState replaced = after(
                after(started, replace("bt2:/b2", "bt1:/new")),
                new RegistryCommand.CompleteAddition(FIRST, List.of(brick(60))));
        RegistryState removing = after(started, new RegistryCommand.RemoveBricks(VOLUME, List.of(place("bt1:/b1"))));

        assertThat(refusal(replaced, replace("bt2:/b2", "bt3:/other")).text())
                .contains("remove-brick bt-vol bt2:/b2 stop");
        assertThat(refusal(replaced, replace("bt1:/new", "bt3:/other")).code()).isEqualTo(RefusalCode.BRICK_IN_USE);
        assertThat(refusal(removing, replace("bt1:/b1", "bt3:/other")).text())
                .contains("remove-brick bt-vol bt1:/b1 stop");
        assertThat(refusal(started, replace("bt1:/none", "bt3:/other")).code()).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(started, replace("bt1:/b1", "bt3:/b3")).code()).isEqualTo(RefusalCode.BRICK_IN_USE);
    }

    @Test
    void a_brick_is_not_replaced_by_one_on_a_machine_that_has_a_copy_when_too_few_machines_would_be_left() {
        RegistryState copies = after(
                after(Samples.POOL, Samples.create("bt-vol", Samples.REPLICA_3, "bt1:/b1", "bt2:/b2", "bt3:/b3")),
                new RegistryCommand.CompleteCreation(FIRST));

        assertThat(refusal(copies, replace("bt2:/b2", "bt1:/new")).code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(events(copies, replace("bt2:/b2", "bt2:/new"))).hasSize(1);
    }

    @Test
    void an_event_that_does_not_fit_is_a_bug() {
        for (RegistryEvent impossible : List.of(
                new RegistryEvent.BricksAdded(FIRST),
                new RegistryEvent.BricksAddFailed(FIRST, ""),
                new RegistryEvent.BrickLeaving(FIRST, brick(9), null, 1),
                new RegistryEvent.BrickLeaving(FIRST, brick(1), null, 0),
                new RegistryEvent.DepartureStopped(FIRST, brick(1)),
                new RegistryEvent.BrickDetached(FIRST, brick(1)),
                new RegistryEvent.ReplicaChanged(FIRST, Samples.REPLICA_3, 0))) {
            assertThatThrownBy(() -> started.evolve(impossible))
                    .as("%s", impossible)
                    .isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> adding.evolve(new RegistryEvent.BricksAdding(FIRST, List.of(), null)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        volumeIn(VolumeState.DELETING).evolve(new RegistryEvent.BricksAdding(FIRST, List.of(), null)))
                .isInstanceOf(AssertionError.class);
        assertThat(adding.volume(new VolumeName("none"))).isEmpty();
    }
}
