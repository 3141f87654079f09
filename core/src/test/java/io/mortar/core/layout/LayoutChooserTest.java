package io.mortar.core.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayoutChooserTest {
    private static final long GIB = 1L << 30;
    private static final int DRAWS = 20_000;

    @Test
    void a_layout_has_as_many_bricks_as_the_stripe_count_or_as_accept() {
        List<BrickState> bricks = new ArrayList<>(List.of(brick(1, GIB), brick(2, GIB), brick(3, GIB), brick(4, GIB)));
        assertThat(choose(3, bricks, -1, 1).bricks()).hasSize(3).doesNotHaveDuplicates();
        assertThat(choose(6, bricks, -1, 1).bricks()).hasSize(4).doesNotHaveDuplicates();
        bricks.set(0, new BrickState(id(1), bricks.get(0).location(), false, GIB));
        assertThat(choose(4, bricks, -1, 1).bricks()).containsExactlyInAnyOrder(id(2), id(3), id(4));
    }

    @Test
    void a_brick_that_is_leaving_is_not_chosen_even_when_it_is_the_only_one_with_room() {
        BrickState leaving = new BrickState(id(3), brick(3, GIB).location(), false, GIB, true, 7, true, id(1));
        List<BrickState> bricks = List.of(brick(1, GIB), brick(2, GIB), leaving);
        assertThat(choose(3, bricks, -1, 1).bricks()).containsExactlyInAnyOrder(id(1), id(2));

        List<BrickState> full = List.of(brick(1, 0), brick(2, 0), leaving);
        assertThat(LayoutChooser.choose(spec(3), 1, full, -1, 1))
                .isInstanceOfSatisfying(
                        LayoutChooser.None.class,
                        none -> assertThat(none.refusal().code()).isEqualTo(RefusalCode.NO_SPACE));
    }

    @Test
    void what_accepts_serves_and_stays() {
        BrickState brick = brick(1, GIB);
        assertThatThrownBy(() -> new BrickState(brick.id(), brick.location(), true, 1, true, 0, true, null))
                .hasMessageContaining("accepting=true, serving=true, leaving=true");
        assertThatThrownBy(() -> new BrickState(brick.id(), brick.location(), true, 1, true, 0, false, id(2)))
                .hasMessageContaining("successor");
    }

    @Test
    void unequal_bricks_are_drawn_in_proportion_to_their_free_space() {
        List<BrickState> bricks = List.of(brick(1, GIB), brick(2, 2 * GIB), brick(3, 3 * GIB), brick(4, 4 * GIB));
        Map<BrickId, Double> share = shares(2, bricks);
        assertThat(share.get(id(1))).isCloseTo(0.2, within(0.02));
        assertThat(share.get(id(2))).isCloseTo(0.4, within(0.02));
        assertThat(share.get(id(3))).isCloseTo(0.6, within(0.02));
        assertThat(share.get(id(4))).isCloseTo(0.8, within(0.02));
    }

    @Test
    void a_brick_that_would_be_due_more_than_once_is_always_drawn_and_the_rest_stays_in_proportion() {
        List<BrickState> bricks = List.of(brick(1, GIB), brick(2, 3 * GIB), brick(3, 100 * GIB));
        Map<BrickId, Double> share = shares(2, bricks);
        assertThat(share.get(id(1))).isCloseTo(0.25, within(0.02));
        assertThat(share.get(id(2))).isCloseTo(0.75, within(0.02));
        assertThat(share.get(id(3))).isEqualTo(1.0);
    }

    @Test
    void proportion_holds_for_bricks_that_share_a_machine() {
        List<BrickState> bricks =
                List.of(brick(1, "a", GIB), brick(2, "a", 3 * GIB), brick(3, "b", 4 * GIB), brick(4, "c", 4 * GIB));
        Map<BrickId, Double> share = shares(2, bricks);
        assertThat(share.get(id(1))).isCloseTo(2.0 / 12, within(0.02));
        assertThat(share.get(id(2))).isCloseTo(6.0 / 12, within(0.02));
        assertThat(share.get(id(3))).isCloseTo(8.0 / 12, within(0.02));
        assertThat(share.get(id(4))).isCloseTo(8.0 / 12, within(0.02));
    }

    @Test
    void unequal_bricks_become_full_together() {
        List<BrickState> bricks = new ArrayList<>(
                List.of(brick(1, 10 * GIB), brick(2, 20 * GIB), brick(3, 30 * GIB), brick(4, 60 * GIB)));
        VolumeSpec spec = spec(2);
        for (long seed = 0; seed < 5_400; seed++) {
            LayoutChooser.Chosen chosen = (LayoutChooser.Chosen) LayoutChooser.choose(spec, 1, bricks, 20 << 20, seed);
            bricks.replaceAll(brick -> chosen.bricks().contains(brick.id())
                    ? new BrickState(brick.id(), brick.location(), true, brick.freeBytes() - (10 << 20))
                    : brick);
        }
        // 105.5 of 120 GiB are written: each brick should have about an eighth left.
        long[] sizes = {10, 20, 30, 60};
        for (int i = 0; i < sizes.length; i++) {
            assertThat((double) bricks.get(i).freeBytes() / (sizes[i] * GIB)).isCloseTo(0.12, within(0.03));
        }
    }

    @Test
    void distinct_machines_come_before_free_space() {
        List<BrickState> bricks =
                List.of(brick(1, "a", 50 * GIB), brick(2, "a", 50 * GIB), brick(3, "b", GIB), brick(4, "c", GIB));
        for (long seed = 0; seed < 200; seed++) {
            assertThat(choose(3, bricks, -1, seed).bricks()).contains(id(3), id(4));
            assertThat(choose(4, bricks, -1, seed).bricks()).hasSize(4);
        }
    }

    @Test
    void neighbouring_columns_are_on_distinct_machines() {
        List<BrickState> bricks =
                List.of(brick(1, "a", GIB), brick(2, "a", GIB), brick(3, "b", GIB), brick(4, "b", GIB));
        assertThat(choose(4, bricks, -1, 1).bricks()).containsExactly(id(1), id(3), id(2), id(4));
    }

    @Test
    void the_same_bricks_are_in_the_same_order_however_they_are_given() {
        List<BrickState> bricks = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            bricks.add(brick(i, "m" + i % 4, i * GIB));
        }
        LayoutChooser.Chosen first = choose(5, bricks, -1, 7);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(bricks, new Random(i));
            assertThat(choose(5, bricks, -1, 7)).isEqualTo(first);
        }
    }

    @Test
    void any_mix_of_sizes_and_machines_gives_distinct_fitting_bricks_on_as_many_machines_as_possible() {
        Seeds.upTo(2_000).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            int machineCount = 1 + random.nextInt(6);
            List<BrickState> bricks = IntStream.rangeClosed(1, 1 + random.nextInt(20))
                    .mapToObj(i -> brick(i, "m" + random.nextInt(machineCount), 1L << (20 + random.nextInt(30))))
                    .toList();
            int stripeCount = 1 + random.nextInt(8);
            Map<BrickId, NodeName> machines = new HashMap<>();
            bricks.forEach(brick -> machines.put(brick.id(), brick.location().node()));
            int width = Math.min(stripeCount, bricks.size());

            List<BrickId> columns = choose(stripeCount, bricks, -1, seed).bricks();

            assertThat(columns).as("seed %d", seed).hasSize(width).doesNotHaveDuplicates();
            assertThat(columns.stream().map(machines::get).distinct().count())
                    .as("seed %d", seed)
                    .isEqualTo(Math.min(width, new HashSet<>(machines.values()).size()));
        });
    }

    @Test
    void bricks_that_are_too_small_for_their_share_are_left_out() {
        List<BrickState> bricks = List.of(brick(1, 10 * GIB), brick(2, 10 * GIB), brick(3, 2 * GIB));
        assertThat(choose(3, bricks, 6 * GIB, 1).bricks()).hasSize(3);
        LayoutChooser.Chosen chosen = choose(3, bricks, 12 * GIB, 1);
        assertThat(chosen.bricks()).containsExactly(id(1), id(2));
        assertThat(chosen.fitting()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void a_file_that_fits_nowhere_is_refused_with_the_free_space() {
        List<BrickState> bricks = List.of(brick(1, 10 * GIB), brick(2, 5 * GIB), brick(3, 2 * GIB));
        assertRefused(spec(3), bricks, 12 * GIB, RefusalCode.NO_SPACE, "bt1:/srv/1 has " + 10 * GIB);
        List<BrickState> full = List.of(brick(1, 0), brick(2, 1000));
        assertRefused(spec(3), full, -1, RefusalCode.NO_SPACE, "bt2:/srv/2 has 1000");
        assertRefused(spec(3), full, 5000, RefusalCode.NO_SPACE, "5000");
        assertThat(choose(3, full, 900, 1).bricks()).containsExactly(id(2));
    }

    @Test
    void no_brick_that_accepts_is_refused_by_name_and_no_brick_at_all_as_such() {
        List<BrickState> down = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            down.add(new BrickState(id(i), new BrickLocation(new NodeName("bt" + i), "/b"), false, GIB));
        }
        assertRefused(spec(3), down, -1, RefusalCode.BRICK_DOWN, "bt1:/b, bt2:/b");
        assertRefused(spec(3), down, -1, RefusalCode.BRICK_DOWN, "and others");
        assertRefused(spec(3), List.of(), -1, RefusalCode.TOO_FEW_BRICKS, "no bricks");
    }

    private static Map<BrickId, Double> shares(int stripeCount, List<BrickState> bricks) {
        Map<BrickId, Double> shares = new HashMap<>();
        for (long seed = 0; seed < DRAWS; seed++) {
            choose(stripeCount, bricks, -1, seed).bricks().forEach(brick -> shares.merge(brick, 1.0, Double::sum));
        }
        shares.replaceAll((brick, count) -> count / DRAWS);
        return shares;
    }

    private static LayoutChooser.Chosen choose(int stripeCount, List<BrickState> bricks, long sizeBytes, long seed) {
        return (LayoutChooser.Chosen) LayoutChooser.choose(spec(stripeCount), 1, bricks, sizeBytes, seed);
    }

    private static void assertRefused(
            VolumeSpec spec, List<BrickState> bricks, long sizeBytes, RefusalCode code, String part) {
        LayoutChooser.None none = (LayoutChooser.None) LayoutChooser.choose(spec, 1, bricks, sizeBytes, 1);
        assertThat(none.refusal().code()).isEqualTo(code);
        assertThat(none.refusal().text()).contains(part);
    }

    private static VolumeSpec spec(int stripeCount) {
        return new VolumeSpec(stripeCount, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
    }

    private static BrickState brick(int number, long freeBytes) {
        return brick(number, "bt" + number, freeBytes);
    }

    private static BrickState brick(int number, String node, long freeBytes) {
        return new BrickState(id(number), new BrickLocation(new NodeName(node), "/srv/" + number), true, freeBytes);
    }

    private static BrickId id(int number) {
        return new BrickId(new UUID(0, number));
    }
}
