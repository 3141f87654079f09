package io.mortar.core.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicaChoiceTest {
    private static final long GIB = 1L << 30;

    @Test
    void the_copies_of_a_column_are_on_distinct_machines_in_any_pool() {
        Seeds.upTo(3_000).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            int machineCount = 1 + random.nextInt(7);
            int replica = 1 + random.nextInt(Math.min(5, machineCount));
            int stripe = 1 + random.nextInt(5);
            List<BrickState> bricks = new ArrayList<>();
            for (int i = 1; i <= machineCount + random.nextInt(15); i++) {
                int machine = i <= machineCount ? i : 1 + random.nextInt(machineCount);
                bricks.add(brick(i, "m" + machine, random.nextInt(4) != 0, 1L << (25 + random.nextInt(20))));
            }
            VolumeSpec spec = new VolumeSpec(stripe, replica, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
            int copiesMin = Math.min(2, replica);
            LayoutChooser.Choice choice = LayoutChooser.choose(spec, copiesMin, bricks, -1, seed);

            long live = bricks.stream()
                    .filter(BrickState::accepting)
                    .map(brick -> brick.location().node())
                    .distinct()
                    .count();
            if (live < copiesMin) {
                assertThat(choice).as("seed %d", seed).isInstanceOf(LayoutChooser.None.class);
                return;
            }
            LayoutChooser.Chosen chosen = (LayoutChooser.Chosen) choice;
            assertThat(chosen.bricks()).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(chosen.copies()).as("seed %d", seed).isEqualTo((int) Math.min(replica, live));
            Map<BrickId, BrickState> states = bricks.stream().collect(Collectors.toMap(BrickState::id, brick -> brick));
            Layout layout = new Layout(1, 1, chosen.bricks(), replica);
            assertThat(layout.width()).as("seed %d", seed).isBetween(1, stripe);
            assertThat(chosen.isServedBy(layout)).as("seed %d", seed).isTrue();
            for (int column = 0; column < layout.width(); column++) {
                List<BrickState> copies =
                        layout.column(column).stream().map(states::get).toList();
                assertThat(copies.stream().map(copy -> copy.location().node()))
                        .as("seed %d", seed)
                        .doesNotHaveDuplicates();
                assertThat(copies.stream().filter(BrickState::accepting))
                        .as("seed %d", seed)
                        .hasSize(chosen.copies());
            }
        });
    }

    @Test
    void every_brick_gets_copies_in_proportion_to_its_free_space() {
        List<BrickState> bricks = List.of(
                brick(1, "a", true, GIB),
                brick(2, "b", true, 2 * GIB),
                brick(3, "c", true, 3 * GIB),
                brick(4, "d", true, 4 * GIB));
        Map<BrickId, Integer> drawn = new HashMap<>();
        for (long seed = 0; seed < 20_000; seed++) {
            chosen(1, 2, bricks, seed).bricks().forEach(brick -> drawn.merge(brick, 1, Integer::sum));
        }
        for (int i = 1; i <= 4; i++) {
            assertThat(drawn.getOrDefault(id(i), 0) / 40_000.0).isCloseTo(i / 10.0, within(0.01));
        }
    }

    @Test
    void with_fewer_bricks_the_stripe_narrows_and_all_copies_stay() {
        List<BrickState> bricks = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            bricks.add(brick(i, "m" + i, true, GIB));
        }
        assertThat(chosen(3, 2, bricks, 1).bricks()).hasSize(6);
        bricks.set(0, brick(1, "m1", false, GIB));
        assertThat(chosen(3, 2, bricks, 1).bricks()).hasSize(4).doesNotContain(id(1));
        bricks.set(1, brick(2, "m2", false, GIB));
        bricks.set(2, brick(3, "m3", false, GIB));
        assertThat(chosen(3, 2, bricks, 1).bricks()).hasSize(2);
    }

    @Test
    void a_column_is_filled_up_with_bricks_that_are_down_when_machines_are_few() {
        List<BrickState> bricks = List.of(
                brick(1, "a", true, GIB),
                brick(2, "a", true, GIB),
                brick(3, "b", true, GIB),
                brick(4, "b", true, GIB),
                brick(5, "c", false, 0),
                brick(6, "c", false, 0));
        LayoutChooser.Chosen chosen = chosen(2, 3, bricks, 1);
        assertThat(chosen.copies()).isEqualTo(2);
        assertThat(chosen.bricks()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4), id(5), id(6));
        Layout layout = new Layout(1, 1, chosen.bricks(), 3);
        assertThat(layout.column(0)).containsAnyOf(id(5), id(6));
        assertThat(layout.column(1)).containsAnyOf(id(5), id(6));
        assertThat(chosen.fitting()).doesNotContain(id(5), id(6));
    }

    @Test
    void too_few_machines_for_the_least_copies_are_refused_by_the_names_of_the_others() {
        List<BrickState> bricks =
                List.of(brick(1, "a", true, GIB), brick(2, "a", true, GIB), brick(3, "b", false, GIB));
        LayoutChooser.None none = (LayoutChooser.None) LayoutChooser.choose(spec(1, 2), 2, bricks, -1, 1);
        assertThat(none.refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(none.refusal().text()).contains("2 copies", "b:/srv/3", "only 1");
    }

    @Test
    void a_full_machine_is_no_room_and_not_a_missing_brick() {
        List<BrickState> bricks = List.of(brick(1, "a", true, GIB), brick(2, "b", true, 0));
        LayoutChooser.None none = (LayoutChooser.None) LayoutChooser.choose(spec(1, 2), 2, bricks, -1, 1);
        assertThat(none.refusal().code()).isEqualTo(RefusalCode.NO_SPACE);
    }

    @Test
    void the_same_bricks_are_in_the_same_order_whatever_the_seed() {
        List<BrickState> bricks = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> brick(i, "m" + i % 2, true, i * GIB))
                .toList();
        List<BrickId> first = chosen(2, 2, bricks, 0).bricks();
        for (long seed = 1; seed < 50; seed++) {
            assertThat(chosen(2, 2, bricks, seed).bricks()).isEqualTo(first);
        }
    }

    private static LayoutChooser.Chosen chosen(int stripe, int replica, List<BrickState> bricks, long seed) {
        return (LayoutChooser.Chosen)
                LayoutChooser.choose(spec(stripe, replica), Math.min(2, replica), bricks, -1, seed);
    }

    private static VolumeSpec spec(int stripe, int replica) {
        return new VolumeSpec(stripe, replica, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
    }

    private static BrickState brick(int number, String node, boolean accepting, long freeBytes) {
        return new BrickState(
                id(number), new BrickLocation(new NodeName(node), "/srv/" + number), accepting, freeBytes);
    }

    private static BrickId id(int number) {
        return new BrickId(new UUID(0, number));
    }
}
