package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.volume.VolumeState;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickAdminRefused;
import io.mortar.protocol.brick.BrickAdminProtocol.PrepareBrick;
import io.mortar.protocol.brick.BrickAdminProtocol.ReleaseBrick;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryCreationTest {
    private final RegistryRun run = new RegistryRun();

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void every_brick_is_prepared_and_the_volume_described() {
        run.startAfter();
        run.create();

        PrepareBrick first = run.prepare(1);
        assertThat(first.pool()).isEqualTo(FakePool.POOL);
        assertThat(first.volume()).isEqualTo(RegistryRun.FIRST);
        assertThat(first.directory()).isEqualTo("/b1");
        RegistryRun.answer(first);
        RegistryRun.answer(run.prepare(2));
        run.namespace.expectNoMessage();
        RegistryRun.answer(run.prepare(3));

        run.namespace.expectMessage(new VolumeControl.Suspend(RegistryRun.FIRST, RegistryRun.VOLUME));
        run.answerUsage(0);
        VolumeStatus volume = run.described();
        assertThat(volume.state()).isEqualTo(VolumeState.CREATED);
        assertThat(volume.bricks()).containsExactly(online(0, "bt1:/b1"), online(1, "bt2:/b2"), online(2, "bt3:/b3"));
    }

    private static BrickStatus online(int brick, String location) {
        return new BrickStatus(
                RegistryRun.brick(brick), BrickLocation.parse(location), BrickHealth.ONLINE, "", RegistryRun.CAPACITY);
    }

    @Test
    void the_same_request_during_and_after_the_creation_is_answered_with_the_one_volume() {
        run.startAfter();
        run.create();
        run.create();
        run.prepareAll();
        run.control(VolumeControl.Suspend.class);
        run.answerUsage(0);
        run.answerUsage(0);
        assertThat(run.described().id()).isEqualTo(RegistryRun.FIRST);
        assertThat(run.described().id()).isEqualTo(RegistryRun.FIRST);

        run.create();
        run.answerUsage(0);

        assertThat(run.described().id()).isEqualTo(RegistryRun.FIRST);
        run.pool.keeper(1).expectNoMessage();
    }

    @Test
    void nothing_is_asked_of_nodes_for_a_request_that_is_refused() {
        run.startAfter();
        run.pool.down(2);
        run.create();

        assertThat(run.refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
        run.pool.keeper(1).expectNoMessage();
        assertThat(run.events()).hasSize(3);
    }

    @Test
    void one_refused_brick_undoes_all_and_every_reason_is_told() {
        run.startAfter();
        run.create();
        RegistryRun.answer(run.prepare(1));
        refuse(run.prepare(2), RefusalCode.BRICK_NOT_EMPTY, "'/b2' is not empty");
        refuse(run.prepare(3), RefusalCode.BRICK_NOT_ALLOWED, "'/b3' is not allowed");
        run.releaseAll();

        Refusal refusal = run.refusal();
        assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_NOT_EMPTY);
        assertThat(refusal.text()).contains("bt2:/b2: '/b2' is not empty", "bt3:/b3: '/b3' is not allowed");
        run.describe();
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
        run.create();
        assertThat(run.prepare(1).volume().value()).isEqualTo(2);
    }

    private static void refuse(PrepareBrick request, RefusalCode code, String text) {
        request.replyTo().tell(new BrickAdminRefused(request.brick(), new Refusal(code, text)));
    }

    @Test
    void a_node_that_does_not_answer_in_time_undoes_the_creation_and_gives_its_brick_back_later() {
        run.startAfter();
        run.create();
        RegistryRun.answer(run.prepare(1));
        RegistryRun.answer(run.prepare(2));
        run.prepare(3);
        run.pool.down(3);
        run.time.timePasses(Duration.ofSeconds(10));

        RegistryRun.answer(run.release(1));
        RegistryRun.answer(run.release(2));
        Refusal refusal = run.refusal();
        assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(refusal.text()).contains("bt3:/b3: node 'bt3' did not answer within 10000 ms");

        run.pool.up(3);
        run.time.timePasses(Duration.ofSeconds(5));
        RegistryRun.answer(run.release(3));
        run.settle();
        assertThat(run.events()).last().isEqualTo(new RegistryEvent.BrickReleased(RegistryRun.brick(2)));
    }

    @Test
    void a_release_that_is_refused_is_repeated_and_does_not_hold_up_the_answer_for_long() {
        run.startAfter();
        run.create();
        refuse(run.prepare(1), RefusalCode.NO_SPACE, "full");
        RegistryRun.answer(run.prepare(2));
        RegistryRun.answer(run.prepare(3));
        ReleaseBrick stuck = run.release(1);
        stuck.replyTo().tell(new BrickAdminRefused(stuck.brick(), new Refusal(RefusalCode.INTERNAL, "busy")));
        RegistryRun.answer(run.release(2));
        RegistryRun.answer(run.release(3));
        run.settle();
        run.user.expectNoMessage();

        run.time.timePasses(Duration.ofSeconds(3));

        assertThat(run.refusal().code()).isEqualTo(RefusalCode.NO_SPACE);
        run.time.timePasses(Duration.ofSeconds(5));
        assertThat(run.release(1).brick()).isEqualTo(stuck.brick());
    }

    @Test
    void a_crash_before_all_bricks_are_prepared_rolls_the_creation_back() {
        run.startAfter();
        run.create();
        RegistryRun.answer(run.prepare(1));
        run.prepare(2);
        run.prepare(3);

        run.restart();

        run.releaseAll();
        run.settle();
        run.describe();
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
        run.namespace.expectNoMessage();
    }

    @Test
    void a_crash_after_the_rollback_was_written_still_releases_the_bricks() {
        run.startAfter(RegistryRun.creating(), new RegistryEvent.VolumeCreateFailed(RegistryRun.FIRST, "no"));
        run.settle();

        run.time.timePasses(Duration.ofSeconds(5));

        for (int n = 1; n <= 3; n++) {
            assertThat(run.release(n).brick()).isEqualTo(RegistryRun.brick(10 + n));
        }
    }
}
