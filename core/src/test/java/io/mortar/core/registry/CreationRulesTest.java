package io.mortar.core.registry;

import static io.mortar.core.registry.Samples.POOL;
import static io.mortar.core.registry.Samples.STRIPE_1;
import static io.mortar.core.registry.Samples.STRIPE_3;
import static io.mortar.core.registry.Samples.after;
import static io.mortar.core.registry.Samples.brick;
import static io.mortar.core.registry.Samples.createStandard;
import static io.mortar.core.registry.Samples.events;
import static io.mortar.core.registry.Samples.node;
import static io.mortar.core.registry.Samples.refusal;
import static io.mortar.core.registry.Samples.volumeIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CreationRulesTest {
    @Test
    void the_plan_names_every_brick_with_its_node() {
        assertThat(events(POOL, createStandard()))
                .containsExactly(new RegistryEvent.VolumeCreating(
                        new VolumeId(1),
                        Samples.VOLUME,
                        STRIPE_3,
                        1000,
                        List.of(
                                new OwnedBrick(brick(0), node(1), BrickLocation.parse("bt1:/b1")),
                                new OwnedBrick(brick(1), node(2), BrickLocation.parse("bt2:/b2")),
                                new OwnedBrick(brick(2), node(3), BrickLocation.parse("bt3:/b3")))));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATING", "CREATED", "STARTED", "STOPPED"})
    void the_same_volume_again_is_accepted_in_any_order_of_bricks(VolumeState state) {
        var again = Samples.create("bt-vol", STRIPE_3, "bt3:/b3", "bt1:/b1", "bt2:/b2");

        assertThat(events(volumeIn(state), again)).isEmpty();
    }

    @Test
    void the_same_name_with_other_arguments_is_refused_and_the_existing_volume_described() {
        RegistryState state = volumeIn(VolumeState.CREATED);
        List<RegistryCommand.CreateVolume> others = List.of(
                Samples.create("bt-vol", STRIPE_1, "bt1:/b1", "bt2:/b2", "bt3:/b3"),
                Samples.create("bt-vol", new VolumeSpec(3, 1, 65536), "bt1:/b1", "bt2:/b2", "bt3:/b3"),
                Samples.create("bt-vol", STRIPE_3, "bt1:/b1", "bt2:/b2", "bt3:/other"),
                Samples.create("bt-vol", STRIPE_3, "bt1:/b1", "bt2:/b2", "bt3:/b3", "bt3:/more"));

        for (RegistryCommand.CreateVolume other : others) {
            Refusal refusal = refusal(state, other);
            assertThat(refusal.code()).isEqualTo(RefusalCode.VOLUME_EXISTS);
            assertThat(refusal.text()).contains("stripe 3, replica 1", "bt1:/b1 bt2:/b2 bt3:/b3");
        }
    }

    @Test
    void the_name_of_a_volume_that_is_being_deleted_is_not_free_yet() {
        Refusal refusal = refusal(volumeIn(VolumeState.DELETING), createStandard());

        assertThat(refusal.code()).isEqualTo(RefusalCode.VOLUME_EXISTS);
        assertThat(refusal.text()).contains("still being deleted");
    }

    @Test
    void copies_need_as_many_bricks_and_machines() {
        VolumeSpec spec = new VolumeSpec(2, 2, 65536);
        Refusal few = refusal(POOL, Samples.create("v", spec, "bt1:/a", "bt2:/a", "bt3:/a"));
        assertThat(few.code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(few.text()).contains("2 x 2 = 4 bricks", "3 were given");

        Refusal together = refusal(POOL, Samples.create("v", spec, "bt1:/a", "bt1:/b", "bt1:/c", "bt1:/d"));
        assertThat(together.code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(together.text()).contains("2 distinct machines", "on 1", "bricks of more nodes");

        assertThat(events(POOL, Samples.create("v", spec, "bt1:/a", "bt1:/b", "bt2:/c", "bt2:/d")))
                .hasSize(1);
    }

    @Test
    void an_unknown_host_is_refused_with_the_hosts_there_are() {
        Refusal refusal = refusal(POOL, Samples.create("v", STRIPE_1, "bt7:/b"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.NODE_NOT_FOUND);
        assertThat(refusal.text()).contains("bt7:/b", "bt1, bt2, bt3");
    }

    @Test
    void a_host_that_is_down_is_refused() {
        Refusal refusal = refusal(POOL, Samples.create("v", STRIPE_1, Set.of(node(1)), "bt2:/b"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(refusal.text()).contains("bt2:/b", "10.0.0.2:2551 cannot be reached");
    }

    @Test
    void a_stripe_count_above_the_brick_count_is_refused() {
        Refusal refusal = refusal(POOL, Samples.create("v", STRIPE_3, "bt1:/b", "bt2:/b"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(refusal.text()).contains("stripe 3", "2 were given");
    }

    @Test
    void more_bricks_than_columns_are_welcome() {
        assertThat(events(POOL, Samples.create("v", STRIPE_1, "bt1:/b", "bt1:/c", "bt2:/b")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "bt1:/b, bt1:/b, given twice",
        "bt1:/b/, bt1:/b, given twice",
        "bt1:/b, bt1:/b/inner, overlaps bt1:/b",
        "bt1:/b/inner, bt1:/b, overlaps bt1:/b/inner"
    })
    void bricks_of_one_request_may_not_overlap(String first, String second, String reason) {
        Refusal refusal = refusal(POOL, Samples.create("v", STRIPE_1, first, second));

        assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_IN_USE);
        assertThat(refusal.text()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "bt1:/b1, volume 'bt-vol' uses it",
        "bt1:/b1/inner, overlaps bt1:/b1",
    })
    void a_path_of_another_volume_is_refused_and_the_volume_named(String brick, String reason) {
        for (VolumeState state : VolumeState.values()) {
            Refusal refusal = refusal(volumeIn(state), Samples.create("v", STRIPE_1, brick));

            assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_IN_USE);
            assertThat(refusal.text()).contains(reason, "'bt-vol'");
        }
    }

    @ParameterizedTest
    @CsvSource({"bt1:/b", "bt1:/b10", "bt2:/b1", "bt1:/c/b1"})
    void a_path_that_only_looks_alike_is_accepted(String brick) {
        assertThat(events(volumeIn(VolumeState.STARTED), Samples.create("v", STRIPE_1, brick)))
                .hasSize(1);
    }

    @Test
    void a_path_is_free_again_only_when_its_node_has_given_the_brick_back() {
        RegistryState deleted =
                after(volumeIn(VolumeState.DELETING), new RegistryCommand.CompleteDeletion(Samples.FIRST));
        RegistryState released = after(deleted, new RegistryCommand.CompleteRelease(brick(0)));

        Refusal refusal = refusal(deleted, Samples.create("bt-vol", STRIPE_1, "bt1:/b1"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_IN_USE);
        assertThat(refusal.text()).contains("not given back brick bt1:/b1");
        assertThat(events(released, Samples.create("bt-vol", STRIPE_1, "bt1:/b1")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"bt1:/a//b", "bt1:/a/./b", "bt1:/a/../b", "bt1:/.."})
    void a_path_that_hides_where_it_leads_is_refused(String brick) {
        assertThat(refusal(POOL, Samples.create("v", STRIPE_1, brick)).code()).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void all_problems_are_reported_at_once() {
        Refusal refusal = refusal(
                volumeIn(VolumeState.STARTED),
                Samples.create(
                        "v",
                        new VolumeSpec(9, 1, 65536),
                        Set.of(node(1), node(2)),
                        "bt7:/b",
                        "bt3:/x",
                        "bt1:/b1",
                        "bt2:/y",
                        "bt2:/y"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(refusal.text())
                .contains(
                        "stripe 9",
                        "no node 'bt7'",
                        "node 'bt3' at 10.0.0.3:2551 cannot be reached",
                        "volume 'bt-vol' uses it",
                        "bt2:/y: it is given twice");
    }

    @Test
    void a_long_list_of_problems_is_cut() {
        RegistryRules roomy = new RegistryRules(new RegistryLimits(9, 9, 99));
        String[] bricks = IntStream.range(0, 30).mapToObj(i -> "bt7:/b" + i).toArray(String[]::new);

        Decision decision = roomy.decide(POOL, Samples.create("v", STRIPE_1, bricks));

        assertThat(((Decision.Refused) decision).refusal().text())
                .contains("bt7:/b9", "20 more problems")
                .doesNotContain("bt7:/b10");
    }

    @Test
    void volumes_and_bricks_beyond_the_limits_are_refused() {
        RegistryState full = after(
                after(after(POOL, Samples.create("a", STRIPE_1, "bt1:/a")), Samples.create("b", STRIPE_1, "bt1:/b")),
                Samples.create("c", STRIPE_1, "bt1:/c"));

        assertThat(refusal(full, Samples.create("d", STRIPE_1, "bt1:/d")).text())
                .contains("3 volumes, its limit");
        assertThat(refusal(
                                POOL,
                                Samples.create(
                                        "d", STRIPE_1, "bt1:/1", "bt1:/2", "bt1:/3", "bt1:/4", "bt1:/5", "bt1:/6"))
                        .text())
                .contains("6 bricks are more than the 5");
    }

    @Test
    void volume_ids_are_not_used_twice() {
        RegistryState failed =
                after(volumeIn(VolumeState.CREATING), new RegistryCommand.RollBackCreation(Samples.FIRST, "x"));
        RegistryState deleted =
                after(volumeIn(VolumeState.DELETING), new RegistryCommand.CompleteDeletion(Samples.FIRST));

        for (RegistryState state : List.of(failed, deleted)) {
            RegistryState next = after(state, Samples.create("v", STRIPE_1, "bt1:/new"));
            assertThat(next.volumes()).extracting(RegisteredVolume::id).containsExactly(new VolumeId(2));
        }
    }
}
