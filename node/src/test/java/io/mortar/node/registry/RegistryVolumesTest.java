package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeState;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryVolumesTest {
    private static final RegistryEvent CREATED = new RegistryEvent.VolumeCreated(RegistryRun.FIRST);
    private static final RegistryEvent STARTED = new RegistryEvent.VolumeStarted(RegistryRun.FIRST);
    private static final RegistryEvent STOPPED = new RegistryEvent.VolumeStopped(RegistryRun.FIRST);
    private static final RegistryEvent DELETING = new RegistryEvent.VolumeDeleting(RegistryRun.FIRST);
    private static final RegistryEvent DELETED = new RegistryEvent.VolumeDeleted(RegistryRun.FIRST);

    private final RegistryRun run = new RegistryRun();

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void a_started_volume_is_served_with_its_bricks_and_a_stopped_one_suspended() {
        run.startAfter(RegistryRun.creating(), CREATED);
        run.control(VolumeControl.Suspend.class);
        run.tell(ref -> new RegistryProtocol.StartVolume(RegistryRun.VOLUME, ref));
        VolumeControl.Serve serve = run.control(VolumeControl.Serve.class);
        assertThat(serve.spec()).isEqualTo(RegistryRun.SPEC);
        assertThat(serve.bricks())
                .extracting(VolumeControl.PlacedBrick::id)
                .containsExactly(RegistryRun.brick(11), RegistryRun.brick(12), RegistryRun.brick(13));
        run.answerUsage(5);
        assertThat(run.described().state()).isEqualTo(VolumeState.STARTED);

        run.tell(ref -> new RegistryProtocol.StopVolume(RegistryRun.VOLUME, ref));
        run.namespace.expectMessage(new VolumeControl.Suspend(RegistryRun.FIRST, RegistryRun.VOLUME));
        run.answerUsage(5);
        assertThat(run.described().state()).isEqualTo(VolumeState.STOPPED);
    }

    @Test
    void starting_a_started_volume_succeeds() {
        run.startAfter(RegistryRun.creating(), CREATED, STARTED);
        run.control(VolumeControl.Serve.class);

        run.tell(ref -> new RegistryProtocol.StartVolume(RegistryRun.VOLUME, ref));

        run.control(VolumeControl.Serve.class);
        run.answerUsage(1);
        assertThat(run.described().state()).isEqualTo(VolumeState.STARTED);
        assertThat(run.events()).hasSize(6);
    }

    @Test
    void after_a_restart_a_stopped_volume_stays_suspended() {
        run.startAfter(RegistryRun.creating(), CREATED, STARTED);
        run.control(VolumeControl.Serve.class);
        run.tell(ref -> new RegistryProtocol.StopVolume(RegistryRun.VOLUME, ref));
        run.control(VolumeControl.Suspend.class);
        run.answerUsage(0);
        run.described();

        run.restart();

        run.control(VolumeControl.Suspend.class);
    }

    @Test
    void a_volume_is_described_with_the_health_that_the_topology_shows() {
        run.startAfter(RegistryRun.creating(), CREATED, STARTED);
        run.control(VolumeControl.Serve.class);
        run.pool.announce(1, RegistryRun.brick(11), "bt1:/b1", BrickHealth.QUARANTINED, "read error on /b1");
        run.pool.announce(2, RegistryRun.brick(12), "bt2:/b2", BrickHealth.ONLINE, "");
        run.pool.down(2);
        run.describe();
        run.answerUsage(3);

        List<BrickStatus> bricks = run.described().bricks();

        assertThat(bricks)
                .extracting(BrickStatus::health)
                .containsExactly(BrickHealth.QUARANTINED, BrickHealth.UNREACHABLE, BrickHealth.UNREACHABLE);
        assertThat(bricks.get(0).reason()).isEqualTo("read error on /b1");
        assertThat(bricks.get(0).capacity().freeBytes()).isEqualTo(60);
        assertThat(bricks.get(1).reason()).isEqualTo("node bt2 cannot be reached since 2026-11-22T08:00:00Z");
        assertThat(bricks.get(1).capacity().freeBytes()).isEqualTo(60);
        assertThat(bricks.get(2).reason()).contains("node bt3 is up and does not have brick");
    }

    @Test
    void a_description_does_not_wait_long_for_the_counts_of_files() {
        run.startAfter(RegistryRun.creating(), CREATED, STARTED);
        run.control(VolumeControl.Serve.class);
        run.describe();
        run.control(VolumeControl.DescribeUsage.class);

        run.time.timePasses(Duration.ofSeconds(3));

        VolumeUsage usage = run.described().usage();
        assertThat(usage).isEqualTo(VolumeUsage.UNKNOWN);
        assertThat(usage.isKnown()).isFalse();
    }

    @Test
    void volumes_are_listed_with_their_counts() {
        run.startAfter(RegistryRun.creating(), CREATED, STARTED);
        run.control(VolumeControl.Serve.class);
        run.tell(RegistryProtocol.ListVolumes::new);
        run.answerUsage(42);

        List<VolumeStatus> volumes =
                run.reply(RegistryProtocol.VolumesListed.class).volumes();

        assertThat(volumes).hasSize(1);
        assertThat(volumes.get(0).usage().fileCount()).isEqualTo(42);
    }

    @Test
    void a_pool_without_volumes_lists_none() {
        run.startAfter();

        run.tell(RegistryProtocol.ListVolumes::new);

        assertThat(run.reply(RegistryProtocol.VolumesListed.class).volumes()).isEmpty();
    }

    @Test
    void a_deletion_is_answered_when_the_namespace_is_gone_and_the_bricks_that_can_be_had_are_back() {
        run.startAfter(RegistryRun.creating(), CREATED, STARTED, STOPPED);
        run.control(VolumeControl.Suspend.class);
        run.pool.down(3);
        run.delete();
        run.settle();
        run.pool.keeper(1).expectNoMessage();
        run.drop();
        RegistryRun.answer(run.release(1));
        run.settle();
        run.user.expectNoMessage();
        RegistryRun.answer(run.release(2));

        run.reply(RegistryProtocol.VolumeDeleted.class);

        run.pool.up(3);
        run.time.timePasses(Duration.ofSeconds(5));
        assertThat(run.release(3).brick()).isEqualTo(RegistryRun.brick(13));
    }

    @Test
    void a_repeated_deletion_is_answered_with_the_first() {
        run.startAfter(RegistryRun.creating(), CREATED);
        run.control(VolumeControl.Suspend.class);
        run.delete();
        run.delete();
        run.settle();
        run.drop();
        run.drop();
        run.releaseAll();

        run.reply(RegistryProtocol.VolumeDeleted.class);
        run.reply(RegistryProtocol.VolumeDeleted.class);
    }

    @Test
    void a_started_volume_is_not_deleted() {
        run.startAfter(RegistryRun.creating(), CREATED, STARTED);

        run.delete();

        assertThat(run.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_STOPPED);
    }

    @Test
    void a_crash_before_the_namespace_is_gone_resumes_the_deletion() {
        run.startAfter(RegistryRun.creating(), CREATED, DELETING);

        run.drop();

        run.releaseAll();
        run.settle();
        run.describe();
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
    }

    @Test
    void a_namespace_that_does_not_answer_is_asked_again() {
        run.startAfter(RegistryRun.creating(), CREATED, DELETING);
        run.control(VolumeControl.Drop.class);
        run.settle();

        run.time.timePasses(Duration.ofSeconds(5));

        run.control(VolumeControl.Drop.class);
    }

    @Test
    void a_crash_before_the_bricks_are_back_releases_them_and_then_their_paths_are_free() {
        run.startAfter(RegistryRun.creating(), CREATED, DELETING, DELETED);
        run.settle();
        run.create();
        assertThat(run.refusal().text()).contains("not given back brick bt1:/b1");

        run.time.timePasses(Duration.ofSeconds(5));
        run.releaseAll();
        run.settle();

        run.create();
        assertThat(run.prepare(1).volume().value()).isEqualTo(2);
    }

    @Test
    void requests_beyond_the_bound_are_refused() {
        run.startAfter(RegistryRun.creating(), CREATED);
        run.control(VolumeControl.Suspend.class);
        for (int i = 0; i < RegistryRun.REQUEST_COUNT_MAX; i++) {
            run.describe();
        }

        run.describe();
        run.tell(RegistryProtocol.ListVolumes::new);
        run.delete();
        for (int i = 0; i < 3; i++) {
            assertThat(run.refusal().code()).isEqualTo(RefusalCode.OVERLOADED);
        }

        for (int i = 0; i < RegistryRun.REQUEST_COUNT_MAX; i++) {
            run.answerUsage(0);
            run.described();
        }
        run.namespace.awaitAssert(Duration.ofSeconds(10), () -> {
            run.describe();
            return run.control(VolumeControl.DescribeUsage.class);
        });
    }

    @Test
    void an_unknown_volume_is_refused_by_every_request() {
        run.startAfter();
        VolumeName none = new VolumeName("none");

        run.tell(ref -> new RegistryProtocol.DescribeVolume(none, ref));
        run.tell(ref -> new RegistryProtocol.StartVolume(none, ref));
        run.tell(ref -> new RegistryProtocol.StopVolume(none, ref));
        run.tell(ref -> new RegistryProtocol.DeleteVolume(none, ref));

        for (int i = 0; i < 4; i++) {
            assertThat(run.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND);
        }
    }
}
