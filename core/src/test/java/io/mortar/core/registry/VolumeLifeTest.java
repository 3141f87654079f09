package io.mortar.core.registry;

import static io.mortar.core.registry.Samples.FIRST;
import static io.mortar.core.registry.Samples.VOLUME;
import static io.mortar.core.registry.Samples.after;
import static io.mortar.core.registry.Samples.brick;
import static io.mortar.core.registry.Samples.events;
import static io.mortar.core.registry.Samples.refusal;
import static io.mortar.core.registry.Samples.volumeIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VolumeLifeTest {
    /** What each request does to a volume in each state: the state after it, or the code of the refusal. */
    @ParameterizedTest
    @CsvSource({
        "CREATING, VOLUME_NOT_FOUND, VOLUME_NOT_FOUND, VOLUME_NOT_FOUND",
        "CREATED,  STARTED,          CREATED,          DELETING",
        "STARTED,  STARTED,          STOPPED,          VOLUME_NOT_STOPPED",
        "STOPPED,  STARTED,          STOPPED,          DELETING",
        "DELETING, VOLUME_NOT_FOUND, VOLUME_NOT_FOUND, DELETING",
    })
    void requests_in_every_state(VolumeState state, String onStart, String onStop, String onDelete) {
        assertThat(result(state, new RegistryCommand.StartVolume(VOLUME))).isEqualTo(onStart);
        assertThat(result(state, new RegistryCommand.StopVolume(VOLUME))).isEqualTo(onStop);
        assertThat(result(state, new RegistryCommand.DeleteVolume(VOLUME))).isEqualTo(onDelete);
    }

    private static String result(VolumeState state, RegistryCommand command) {
        RegistryState before = volumeIn(state);
        if (Samples.RULES.decide(before, command) instanceof Decision.Refused refused) {
            return refused.refusal().code().name();
        }
        return after(before, command).volume(VOLUME).orElseThrow().state().name();
    }

    @Test
    void the_refusal_to_delete_a_started_volume_says_how_to_stop_it() {
        assertThat(refusal(volumeIn(VolumeState.STARTED), new RegistryCommand.DeleteVolume(VOLUME))
                        .text())
                .contains("mortar volume stop bt-vol");
    }

    @Test
    void an_unknown_volume_is_refused_by_every_request() {
        VolumeName none = new VolumeName("none");
        for (RegistryCommand command : List.of(
                new RegistryCommand.StartVolume(none),
                new RegistryCommand.StopVolume(none),
                new RegistryCommand.DeleteVolume(none))) {
            assertThat(refusal(volumeIn(VolumeState.STARTED), command).code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
        }
    }

    @Test
    void a_creation_that_is_given_up_leaves_no_volume_and_all_bricks_to_release() {
        RegistryState failed =
                after(volumeIn(VolumeState.CREATING), new RegistryCommand.RollBackCreation(FIRST, "bt2 said no"));

        assertThat(failed.volumes()).isEmpty();
        assertThat(failed.releasing()).extracting(OwnedBrick::id).containsExactly(brick(0), brick(1), brick(2));
    }

    @Test
    void a_deletion_frees_the_name_and_leaves_all_bricks_to_release() {
        RegistryState deleted = after(volumeIn(VolumeState.DELETING), new RegistryCommand.CompleteDeletion(FIRST));

        assertThat(deleted.volume(VOLUME)).isEmpty();
        assertThat(deleted.releasing()).hasSize(3);
    }

    @Test
    void a_released_brick_is_forgotten_and_a_second_answer_changes_nothing() {
        RegistryState deleted = after(volumeIn(VolumeState.DELETING), new RegistryCommand.CompleteDeletion(FIRST));

        RegistryState released = after(deleted, new RegistryCommand.CompleteRelease(brick(1)));

        assertThat(released.releasing()).extracting(OwnedBrick::id).containsExactly(brick(0), brick(2));
        assertThat(events(released, new RegistryCommand.CompleteRelease(brick(1))))
                .isEmpty();
    }

    /** The steps of sagas arrive late or twice: outside the one state they belong to, they change nothing. */
    @ParameterizedTest
    @EnumSource(VolumeState.class)
    void late_steps_change_nothing(VolumeState state) {
        List<RegistryEvent> late = new ArrayList<>();
        if (state != VolumeState.CREATING) {
            late.addAll(events(volumeIn(state), new RegistryCommand.CompleteCreation(FIRST)));
            late.addAll(events(volumeIn(state), new RegistryCommand.RollBackCreation(FIRST, "late")));
        }
        if (state != VolumeState.DELETING) {
            late.addAll(events(volumeIn(state), new RegistryCommand.CompleteDeletion(FIRST)));
        }
        late.addAll(events(Samples.POOL, new RegistryCommand.CompleteDeletion(FIRST)));

        assertThat(late).isEmpty();
    }

    @Test
    void an_event_that_does_not_fit_is_a_bug() {
        RegistryState started = volumeIn(VolumeState.STARTED);
        for (RegistryEvent impossible : List.of(
                new RegistryEvent.VolumeDeleted(FIRST),
                new RegistryEvent.VolumeCreateFailed(FIRST, ""),
                new RegistryEvent.VolumeDeleting(FIRST),
                new RegistryEvent.VolumeCreated(FIRST),
                new RegistryEvent.VolumeStarted(FIRST),
                new RegistryEvent.BrickReleased(brick(0)),
                new RegistryEvent.NodeForgotten(Samples.node(9)),
                new RegistryEvent.VolumeCreating(FIRST, new VolumeName("again"), Samples.STRIPE_1, 0, List.of()))) {
            assertThatThrownBy(() -> started.evolve(impossible)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void bricks_of_a_plan_do_not_count_as_prepared() {
        assertThat(volumeIn(VolumeState.CREATING).bricksOf(Samples.node(1))).isEmpty();
        assertThat(volumeIn(VolumeState.CREATED).bricksOf(Samples.node(1))).hasSize(1);
    }
}
