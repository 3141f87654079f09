package io.mortar.core.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UsableSpaceTest {
    private static final int UNIT_BYTES = 1 << 16;

    /** A brick per number, on the machine and with the room that are given; negative room is that of one that is away. */
    private static List<BrickState> bricks(long... machineAndFree) {
        List<BrickState> bricks = new ArrayList<>();
        for (int i = 0; i < machineAndFree.length; i += 2) {
            long free = machineAndFree[i + 1];
            bricks.add(new BrickState(
                    new BrickId(new UUID(0, i)),
                    BrickLocation.parse("bt" + machineAndFree[i] + ":/b" + i),
                    free >= 0,
                    Math.abs(free)));
        }
        return bricks;
    }

    private static long usable(int stripe, int replica, int copiesMin, long... machineAndFree) {
        return UsableSpace.freeBytes(new VolumeSpec(stripe, replica, UNIT_BYTES), copiesMin, bricks(machineAndFree));
    }

    @Test
    void without_copies_all_room_can_be_used_whatever_the_stripe() {
        assertThat(usable(3, 1, 1, 1, 100, 2, 10, 3, 1)).isEqualTo(111);
        assertThat(usable(1, 1, 1, 1, 100)).isEqualTo(100);
    }

    @Test
    void a_machine_larger_than_all_others_cannot_be_used_in_whole_for_copies() {
        assertThat(usable(1, 2, 2, 1, 100, 2, 100)).isEqualTo(100);
        assertThat(usable(1, 2, 2, 1, 1000, 2, 100, 3, 50)).isEqualTo(150);
        assertThat(usable(1, 3, 2, 1, 1000, 2, 900, 3, 50, 4, 20)).isEqualTo(70);
        assertThat(usable(2, 2, 2, 1, 100, 2, 100, 3, 100, 4, 100)).isEqualTo(200);
    }

    @Test
    void bricks_of_one_machine_count_together() {
        assertThat(usable(2, 2, 2, 1, 50, 1, 50, 2, 100)).isEqualTo(100);
        assertThat(usable(2, 2, 2, 1, 50, 1, 50))
                .as("one machine cannot keep two copies")
                .isZero();
    }

    @Test
    void bricks_that_are_full_or_away_give_nothing() {
        assertThat(usable(2, 1, 1, 1, 100, 2, 0, 3, -70)).isEqualTo(100);
        assertThat(usable(1, 2, 2, 1, 100, 2, 0))
                .as("no machine for the second copy")
                .isZero();
        assertThat(usable(1, 2, 2, 1, 100, 2, -100)).as("min-copies").isZero();
        assertThat(usable(1, 2, 1, 1, 100, 2, -100))
                .as("single copies until it is back")
                .isEqualTo(100);
        assertThat(usable(1, 3, 2, 1, 100, 2, 80, 3, -100)).isEqualTo(80);
        assertThat(UsableSpace.freeBytes(new VolumeSpec(1, 1, UNIT_BYTES), 1, List.of()))
                .isZero();
    }

    @Test
    void a_volume_that_is_filled_to_the_brim_takes_what_was_promised_and_never_more() {
        List<Double> reached = new ArrayList<>();
        Seeds.upTo(100).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            int replica = 1 + random.nextInt(3);
            VolumeSpec spec = new VolumeSpec(1 + random.nextInt(3), replica, UNIT_BYTES);
            List<BrickState> bricks = randomBricks(random, replica, spec.stripeCount());
            int copiesMin = Math.min(2, replica);
            long promised = UsableSpace.freeBytes(spec, copiesMin, bricks);

            long stored = fill(spec, copiesMin, bricks, random);

            assertThat(stored).as("seed %d: never more", seed).isLessThanOrEqualTo(promised);
            reached.add((double) stored / promised);
            assertThat(stored).as("seed %d: %s on %s", seed, spec, bricks).isGreaterThan(promised / 5 * 4);
        });
        double mean =
                reached.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(mean).isGreaterThan(0.95);
    }

    private static List<BrickState> randomBricks(RandomGenerator random, int replica, int stripe) {
        int machines = replica + random.nextInt(3);
        List<BrickState> bricks = new ArrayList<>();
        for (int i = 0; i < Math.max(machines, stripe * replica); i++) {
            bricks.add(new BrickState(
                    new BrickId(new UUID(1, i)),
                    BrickLocation.parse("bt" + i % machines + ":/b" + i),
                    true,
                    (long) UNIT_BYTES * (100 + random.nextInt(900))));
        }
        return bricks;
    }

    /** Writes files of up to four stripes until one of a single chunk is refused; returns their bytes. */
    private static long fill(VolumeSpec spec, int copiesMin, List<BrickState> start, RandomGenerator random) {
        Map<BrickId, Long> free = new HashMap<>();
        start.forEach(brick -> free.put(brick.id(), brick.freeBytes()));
        long stored = 0;
        while (true) {
            List<BrickState> now = start.stream()
                    .map(brick -> new BrickState(brick.id(), brick.location(), true, free.getOrDefault(brick.id(), 0L)))
                    .toList();
            int chunks = 1 + random.nextInt(4 * spec.stripeCount());
            LayoutChooser.Choice choice =
                    LayoutChooser.choose(spec, copiesMin, now, (long) chunks * UNIT_BYTES, random.nextLong());
            if (choice instanceof LayoutChooser.None && chunks > 1) {
                chunks = 1;
                choice = LayoutChooser.choose(spec, copiesMin, now, UNIT_BYTES, random.nextLong());
            }
            if (!(choice instanceof LayoutChooser.Chosen chosen)) {
                return stored;
            }
            Layout layout = new Layout(1, 1, chosen.bricks(), chosen.replicaCount());
            for (int chunk = 0; chunk < chunks; chunk++) {
                layout.column(chunk % layout.width())
                        .forEach(brick -> free.merge(brick, (long) -UNIT_BYTES, Long::sum));
            }
            assertThat(free.values())
                    .as("no brick is overfilled")
                    .allSatisfy(left -> assertThat(left).isNotNegative());
            stored += (long) chunks * UNIT_BYTES;
        }
    }
}
