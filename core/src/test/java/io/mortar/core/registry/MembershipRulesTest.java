package io.mortar.core.registry;

import static io.mortar.core.registry.Samples.FIRST;
import static io.mortar.core.registry.Samples.VOLUME;
import static io.mortar.core.registry.Samples.after;
import static io.mortar.core.registry.Samples.brick;
import static io.mortar.core.registry.Samples.events;
import static io.mortar.core.registry.Samples.place;
import static io.mortar.core.registry.Samples.refusal;
import static io.mortar.core.registry.Samples.volumeIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipRulesTest {
    private final RegistryState started = volumeIn(VolumeState.STARTED);

    private static RegistryCommand remove(String... bricks) {
        return new RegistryCommand.RemoveBricks(
                VOLUME, Arrays.stream(bricks).map(Samples::place).toList());
    }

    private static RegistryCommand stop(String... bricks) {
        return new RegistryCommand.StopRemoval(
                VOLUME, Arrays.stream(bricks).map(Samples::place).toList());
    }

    private static RegistryCommand replica(int count) {
        return new RegistryCommand.SetReplica(VOLUME, count);
    }

    private static RegistryCommand detach(int brick, int departure) {
        return new RegistryCommand.DetachBrick(FIRST, brick(brick), departure);
    }

    private static RegisteredVolume volume(RegistryState state) {
        return state.existing(VOLUME);
    }

    @Test
    void removed_bricks_are_leaving_until_they_are_empty_and_are_then_to_be_released() {
        RegistryState removing = after(started, remove("bt1:/b1", "bt2:/b2"));
        assertThat(volume(removing).leaving())
                .containsExactly(new Departure(brick(0), null, 1), new Departure(brick(1), null, 2));
        assertThat(volume(removing).bricks()).hasSize(3);
        assertThat(events(removing, remove("bt2:/b2"))).as("a repetition").isEmpty();

        RegistryState detached = after(removing, detach(0, 1));

        assertThat(volume(detached).bricks()).extracting(OwnedBrick::id).containsExactly(brick(1), brick(2));
        assertThat(volume(detached).leaving()).extracting(Departure::brick).containsExactly(brick(1));
        assertThat(detached.releasing()).extracting(OwnedBrick::id).containsExactly(brick(0));
        assertThat(events(detached, detach(0, 1))).isEmpty();
    }

    @Test
    void a_brick_of_a_node_that_is_gone_is_removed_and_the_node_can_be_forgotten_then() {
        RegistryState removing = after(started, remove("bt3:/b3"));
        RegistryCommand forget = new RegistryCommand.ForgetNode(Samples.name(3), Set.of());
        assertThat(refusal(removing, forget).text()).contains("mortar volume remove-brick");

        RegistryState forgotten = after(after(removing, detach(2, 1)), forget);

        assertThat(forgotten.releasing()).isEmpty();
        assertThat(forgotten.nodes()).hasSize(2);
    }

    @Test
    void what_is_not_a_brick_or_is_given_twice_is_not_removed_nor_kept() {
        for (RegistryCommand command : List.of(remove("bt1:/b1", "bt1:/none"), stop("bt1:/b1", "bt1:/none"))) {
            assertThat(refusal(started, command).code()).isEqualTo(RefusalCode.NOT_FOUND);
            assertThat(refusal(started, command).text()).contains("does not have bt1:/none", "it has bt1:/b1, bt2:/b2");
        }
        assertThat(refusal(started, remove("bt1:/b1", "bt1:/b1")).code()).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(started, remove()).code()).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(Samples.POOL, remove("bt1:/b1")).code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
    }

    @Test
    void the_last_brick_stays() {
        RegistryState two = after(started, remove("bt1:/b1", "bt2:/b2"));

        assertThat(refusal(started, remove("bt1:/b1", "bt2:/b2", "bt3:/b3")).text())
                .contains("no brick would be left");
        assertThat(refusal(two, remove("bt3:/b3")).code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
    }

    @Test
    void as_many_machines_stay_as_there_are_replicas() {
        RegistryState copies = after(started, replica(2));
        RegistryState removing = after(copies, remove("bt1:/b1"));

        assertThat(refusal(removing, remove("bt2:/b2")).code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(refusal(removing, replica(3)).text())
                .contains("replica 3 keeps the copies of a chunk on 3 distinct machines")
                .contains("would be on 2")
                .contains("mortar volume add-brick");
    }

    @Test
    void a_removal_that_is_stopped_keeps_the_brick_and_can_be_begun_again() {
        RegistryState stopped = after(after(started, remove("bt1:/b1")), stop("bt1:/b1"));
        assertThat(volume(stopped).leaving()).isEmpty();
        assertThat(events(stopped, stop("bt1:/b1"))).as("a repetition").isEmpty();

        RegistryState again = after(stopped, remove("bt1:/b1"));

        assertThat(volume(again).leaving()).containsExactly(new Departure(brick(0), null, 2));
        assertThat(events(again, detach(0, 1)))
                .as("a proof for the first departure: files may have come since")
                .isEmpty();
        assertThat(events(stopped, detach(0, 1))).isEmpty();
        assertThat(events(again, detach(0, 2))).hasSize(1);
    }

    @Test
    void a_brick_that_takes_the_place_of_another_stays_until_that_one_is_gone_or_stays_too() {
        RegistryState replaced = after(
                after(
                        started,
                        new RegistryCommand.ReplaceBrick(
                                VOLUME, place("bt2:/b2"), place("bt1:/new"), brick(60), Samples.ALL)),
                new RegistryCommand.CompleteAddition(FIRST, List.of(brick(60))));

        assertThat(refusal(replaced, remove("bt1:/new")).text()).contains("bt1:/new is taking the place of bt2:/b2");
        assertThat(refusal(replaced, remove("bt2:/b2")).code()).isEqualTo(RefusalCode.BRICK_IN_USE);
        assertThat(events(after(replaced, stop("bt2:/b2")), remove("bt1:/new"))).hasSize(1);
        assertThat(events(after(replaced, detach(1, 1)), remove("bt1:/new"))).hasSize(1);
    }

    @Test
    void another_number_of_replicas_is_another_shape() {
        RegistryState copies = after(started, replica(2));
        assertThat(volume(copies).spec()).isEqualTo(new VolumeSpec(3, 2, 1 << 20));
        assertThat(volume(copies).shapeNumber()).isEqualTo(1);
        assertThat(events(copies, replica(2))).isEmpty();

        assertThat(volume(after(copies, replica(1))).shapeNumber()).isEqualTo(2);
        assertThat(refusal(started, replica(0)).code()).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(started, replica(6)).code()).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void a_volume_is_deleted_with_the_bricks_that_were_leaving() {
        RegistryState stopped = after(after(started, remove("bt1:/b1")), new RegistryCommand.StopVolume(VOLUME));
        RegistryState deleting = after(stopped, new RegistryCommand.DeleteVolume(VOLUME));
        assertThat(events(deleting, detach(0, 1))).isEmpty();

        assertThat(after(deleting, new RegistryCommand.CompleteDeletion(FIRST)).releasing())
                .hasSize(3);
    }

    @Test
    void of_a_volume_that_is_not_started_what_is_never_possible_is_said_first() {
        RegistryState stopped = volumeIn(VolumeState.STOPPED);
        assertThat(refusal(stopped, remove("bt1:/b1", "bt2:/b2", "bt3:/b3")).code())
                .isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(refusal(stopped, replica(4)).code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        for (RegistryCommand command : List.of(remove("bt1:/b1"), replica(2))) {
            assertThat(refusal(stopped, command).code()).isEqualTo(RefusalCode.VOLUME_NOT_STARTED);
            assertThat(refusal(stopped, command).text()).contains("mortar volume start " + VOLUME);
        }
    }
}
