package io.mortar.client.report;

import static io.mortar.client.report.ReportFixture.brick;
import static io.mortar.client.report.ReportFixture.online;
import static io.mortar.client.report.ReportFixture.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.health.Reason;
import io.mortar.core.health.ReasonCode;
import io.mortar.core.health.Verdict;
import io.mortar.core.volume.VolumeState;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolumeReasonsTest {
    private static final BrickCapacity FULL = new BrickCapacity(100L << 20, 100L << 20, 0);

    private static List<String> reasons(VolumeStatus volume) {
        return VolumeReasons.of(volume).stream()
                .map(reason -> reason.verdict() + " " + reason.code())
                .toList();
    }

    private static String text(VolumeStatus volume, ReasonCode code) {
        return VolumeReasons.of(volume).stream()
                .filter(reason -> reason.code() == code)
                .map(Reason::text)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void all_is_well_when_every_brick_is() {
        assertThat(reasons(volume(2, 1, online(1), online(2)))).isEmpty();
    }

    @Test
    void without_copies_a_lost_brick_is_an_error_that_names_it() {
        VolumeStatus volume = volume(2, 1, online(1), brick(2, BrickHealth.UNREACHABLE));
        assertThat(reasons(volume)).containsExactly("ERROR BRICK_DOWN");
        assertThat(text(volume, ReasonCode.BRICK_DOWN))
                .contains("bt2:/b", "'vol'", "cannot be read", "mortar volume status vol")
                .doesNotContain("none can be written", "bt1:/b");
    }

    @Test
    void with_copies_one_lost_machine_is_a_warning_and_two_are_an_error() {
        assertThat(reasons(volume(1, 2, online(1), online(2), brick(3, BrickHealth.UNREACHABLE))))
                .containsExactly("WARN BRICK_DOWN");
        assertThat(reasons(volume(
                        1,
                        2,
                        online(1),
                        online(2),
                        brick(3, BrickHealth.UNREACHABLE),
                        brick(4, BrickHealth.QUARANTINED))))
                .containsExactly("ERROR BRICK_DOWN", "ERROR BRICK_QUARANTINED");
    }

    @Test
    void what_min_copies_refuses_is_an_error_though_everything_can_be_read() {
        VolumeStatus strict = volume(1, 2, online(1), brick(2, BrickHealth.UNREACHABLE));
        assertThat(reasons(strict)).containsExactly("ERROR BRICK_DOWN");
        assertThat(text(strict, ReasonCode.BRICK_DOWN)).contains("other copies", "none can be written");
        assertThat(reasons(volume(1, 2, new VolumeUsage(1, 0, 1, 0, 1), online(1), brick(2, BrickHealth.UNREACHABLE))))
                .containsExactly("WARN BRICK_DOWN");
    }

    @Test
    void a_full_brick_is_a_warning_until_there_is_no_room_at_all() {
        assertThat(reasons(volume(2, 1, online(1), brick(2, BrickHealth.FULL, FULL))))
                .containsExactly("WARN BRICK_FULL");
        assertThat(reasons(volume(2, 1, brick(1, BrickHealth.FULL, FULL), brick(2, BrickHealth.FULL, FULL))))
                .containsExactly("ERROR VOLUME_FULL", "WARN BRICK_FULL");
        assertThat(reasons(volume(1, 2, online(1), brick(2, BrickHealth.FULL, FULL))))
                .as("two copies need two machines with room")
                .containsExactly("ERROR VOLUME_FULL", "WARN BRICK_FULL");
    }

    @Test
    void a_brick_with_less_than_a_tenth_left_is_nearly_full() {
        BrickCapacity tight = new BrickCapacity(100L << 20, 91L << 20, 9L << 20);
        VolumeStatus volume = volume(2, 1, online(1), brick(2, BrickHealth.ONLINE, tight));
        assertThat(reasons(volume)).containsExactly("WARN NEAR_FULL");
        assertThat(text(volume, ReasonCode.NEAR_FULL)).contains("bt2:/b", "mortar df vol:");
    }

    @Test
    void a_brick_that_is_being_taken_out_gives_no_room() {
        BrickStatus stays = online(1);
        BrickStatus leaves = new BrickStatus(
                online(2).id(), online(2).location(), BrickHealth.ONLINE, "", ReportFixture.ROOMY, true, null);
        VolumeStatus volume = volume(2, 1, stays, leaves);
        assertThat(reasons(volume)).isEmpty();
        assertThat(VolumeCapacity.of(volume).freeBytes())
                .isEqualTo(stays.capacity().freeBytes());
        assertThat(VolumeCapacity.of(volume(1, 2, online(1), online(2), online(3)))
                        .freeBytes())
                .as("two copies of everything")
                .isEqualTo(3 * ReportFixture.ROOMY.freeBytes() / 2);
    }

    @Test
    void files_with_fewer_copies_and_unknown_counts_are_warnings() {
        VolumeStatus reduced = volume(1, 2, new VolumeUsage(9, 0, 9, 3, 2), online(1), online(2));
        assertThat(reasons(reduced)).containsExactly("WARN REDUNDANCY_REDUCED");
        assertThat(text(reduced, ReasonCode.REDUNDANCY_REDUCED)).contains("3 file(s)", "mortar volume heal vol status");
        assertThat(reasons(volume(1, 2, VolumeUsage.UNKNOWN, online(1), online(2))))
                .containsExactly("WARN COORDINATOR_SLOW");
    }

    @Test
    void damage_that_no_copy_repairs_is_an_error() {
        VolumeStatus damaged = volume(1, 1, new VolumeUsage(9, 0, 9, 0, 1, 2, null), online(1));
        assertThat(reasons(damaged)).containsExactly("ERROR SCRUB_ERRORS");
        assertThat(text(damaged, ReasonCode.SCRUB_ERRORS)).contains("2 file(s)", "mortar volume scrub vol status");
    }

    @Test
    void many_bricks_are_named_by_a_few_of_them() {
        VolumeStatus volume = volume(
                1,
                1,
                IntStream.rangeClosed(1, 20)
                        .mapToObj(number -> brick(number, BrickHealth.UNREACHABLE))
                        .toArray(BrickStatus[]::new));
        assertThat(text(volume, ReasonCode.BRICK_DOWN))
                .contains("bt8:/b and 12 others")
                .doesNotContain("bt9:/b");
    }

    @Test
    void a_volume_in_the_making_is_judged_by_nobody() {
        VolumeStatus started = volume(2, 1, brick(1, BrickHealth.UNREACHABLE));
        for (VolumeState state : List.of(VolumeState.CREATING, VolumeState.DELETING)) {
            assertThat(VolumeReasons.of(new VolumeStatus(
                            started.id(), started.name(), started.spec(), state, 0, started.usage(), started.bricks())))
                    .isEmpty();
        }
        assertThat(Verdict.of(VolumeReasons.of(started))).isEqualTo(Verdict.ERROR);
    }

    @Test
    void a_quota_of_the_root_that_is_used_up_is_a_warning() {
        VolumeStatus full = volume(1, 1, new VolumeUsage(9, 0, 900, 0, 1, 0, 900L), online(1));
        assertThat(reasons(full)).containsExactly("WARN QUOTA_REACHED");
        assertThat(text(full, ReasonCode.QUOTA_REACHED)).contains("mortar volume quota vol set /");
        assertThat(reasons(volume(1, 1, new VolumeUsage(9, 0, 900, 0, 1, 0, 901L), online(1))))
                .isEmpty();
    }
}
