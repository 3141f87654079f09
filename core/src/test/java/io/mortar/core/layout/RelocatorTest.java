package io.mortar.core.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelocatorTest {
    private static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;
    private static final long MIB = 1L << 20;

    @Test
    void a_file_that_is_not_on_a_leaving_brick_stays() {
        Relocator relocator =
                relocator(brick(1, "m1"), brick(2, "m2"), brick(3, "m3").departing(null));
        assertThat(relocator.vacate(file(1, MIB, 1, 1, 2), Set.of(id(3)))).isInstanceOf(Relocation.Stay.class);
    }

    @Test
    void only_the_columns_of_the_leaving_brick_change() {
        Relocator relocator = relocator(brick(1, "m1"), brick(2, "m2").departing(null), brick(3, "m3"), brick(4, "m4"));
        Relocator.File file = file(1, MIB, 1, 1, 2, 3);
        Relocation.Move move = move(relocator.vacate(file, Set.of(id(2))));
        assertThat(move.bricks()).containsExactly(id(1), id(4), id(3));
        assertThat(file.bytesToCopy(move)).isEqualTo(file.columnBytes(1));
    }

    @Test
    void copies_of_a_column_are_on_distinct_machines_in_any_pool() {
        Seeds.upTo(2_000).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            int machines = 2 + random.nextInt(4);
            List<BrickState> bricks = new ArrayList<>();
            for (int i = 1; i <= machines + random.nextInt(6); i++) {
                bricks.add(brick(i, "m" + (i <= machines ? i : 1 + random.nextInt(machines))));
            }
            int replicas = 1 + random.nextInt(machines);
            int columns = 1 + random.nextInt(3);
            List<Integer> numbers = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                List<Integer> shuffled = new ArrayList<>(
                        IntStream.rangeClosed(1, machines).boxed().toList());
                Collections.shuffle(shuffled, new Random(random.nextLong()));
                numbers.addAll(shuffled.subList(0, replicas));
            }
            int gone = random.nextInt(machines);
            bricks.set(gone, bricks.get(gone).departing(null));
            Relocator.File file = file(
                    seed,
                    1 + random.nextInt(10 * UNIT),
                    replicas,
                    numbers.stream().mapToInt(Integer::intValue).toArray());
            BrickId leaving = bricks.get(gone).id();
            Relocator relocator = new Relocator(new BrickRoom(bricks, 0));
            if (relocator.vacate(file, Set.of(leaving)) instanceof Relocation.Move move) {
                assertThat(move.bricks()).as("seed %d", seed).doesNotContain(leaving);
                assertDistinctMachines(seed, move, bricks);
            }
            int wanted = 1 + random.nextInt(machines);
            if (relocator.reshape(file, wanted) instanceof Relocation.Move move) {
                assertThat(move.bricks()).as("seed %d", seed).hasSize(columns * wanted);
                assertDistinctMachines(seed, move, bricks);
            }
        });
    }

    @Test
    void with_fewer_bricks_than_columns_a_brick_has_several() {
        Relocator relocator =
                relocator(brick(1, "m1"), brick(2, "m2"), brick(3, "m3").departing(null));
        Relocation.Move move = move(relocator.vacate(file(1, 9 * UNIT, 1, 1, 2, 3), Set.of(id(3))));
        assertThat(move.bricks().subList(0, 2)).containsExactly(id(1), id(2));
        assertThat(move.bricks().get(2)).isIn(id(1), id(2));
    }

    @Test
    void machines_without_anything_of_the_file_come_first() {
        Relocator relocator = relocator(
                brick(1, "m1"), brick(2, "m2").departing(null), brick(3, "m1"), brick(4, "m3"), brick(5, "m1"));
        for (int inode = 0; inode < 50; inode++) {
            assertThat(move(relocator.vacate(file(inode, MIB, 1, 1, 2), Set.of(id(2))))
                            .bricks())
                    .containsExactly(id(1), id(4));
        }
    }

    @Test
    void a_successor_gets_what_its_predecessor_had_unless_it_cannot() {
        BrickState old = brick(2, "m2").departing(id(4));
        Relocator relocator = relocator(brick(1, "m1"), old, brick(3, "m3"), brick(4, "m1"));
        assertThat(move(relocator.vacate(file(1, MIB, 1, 1, 2), Set.of(id(2)))).bricks())
                .containsExactly(id(1), id(4));
        assertThat(move(relocator.vacate(file(1, MIB, 2, 1, 2), Set.of(id(2)))).bricks())
                .as("the successor is on the machine of the other copy")
                .containsExactly(id(1), id(3));
    }

    @Test
    void nothing_goes_to_a_brick_that_is_to_be_left_even_if_it_takes_chunks() {
        Relocator relocator =
                relocator(brick(1, "m1"), brick(2, "m2"), brick(3, "m3").departing(null), brick(4, "m4"));
        for (int inode = 0; inode < 50; inode++) {
            assertThat(relocator.vacate(file(inode, MIB, 3, 1, 2, 3), Set.of(id(2), id(3))))
                    .isInstanceOf(Relocation.Stuck.class);
        }
    }

    @Test
    void files_are_spread_in_proportion_to_room() {
        long bytes = UNIT;
        List<BrickState> bricks =
                List.of(brick(1, "m1").departing(null), brick(2, "m2", 3000 * bytes), brick(3, "m3", 1000 * bytes));
        Relocator relocator = new Relocator(new BrickRoom(bricks, 0));
        Map<BrickId, Integer> counts = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            // Layouts differ, since files of one layout go to few others.
            Relocator.File file = file(i, i, bytes, 1, 1);
            counts.merge(move(relocator.vacate(file, Set.of(id(1)))).bricks().get(0), 1, Integer::sum);
        }
        assertThat(counts.get(id(2))).isBetween(1350, 1650);
    }

    @Test
    void files_of_one_layout_go_to_few_others() {
        List<BrickState> bricks = new ArrayList<>(List.of(brick(1, "m1").departing(null)));
        IntStream.rangeClosed(2, 40).forEach(i -> bricks.add(brick(i, "m" + i)));
        Relocator relocator = new Relocator(new BrickRoom(bricks, 0));
        Set<List<BrickId>> targets = new HashSet<>();
        for (int inode = 0; inode < 1000; inode++) {
            targets.add(move(relocator.vacate(file(inode, 100, 1, 1), Set.of(id(1))))
                    .bricks());
        }
        assertThat(targets).hasSizeBetween(2, 8);
    }

    @Test
    void the_reserve_stays_free_and_room_is_used_up_by_what_was_placed() {
        List<BrickState> bricks = List.of(brick(1, "m1").departing(null), brick(2, "m2", 10 * UNIT));
        Relocator relocator = new Relocator(new BrickRoom(bricks, 7 * UNIT));
        Relocator.File file = file(1, UNIT, 1, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(relocator.vacate(file, Set.of(id(1)))).isInstanceOf(Relocation.Move.class);
        }
        assertThat(code(relocator.vacate(file, Set.of(id(1))))).isEqualTo(RefusalCode.NO_SPACE);
        assertThat(new BrickRoom(bricks, 20 * UNIT).freeBytes(id(2))).isZero();
    }

    @Test
    void a_file_that_finds_no_machine_is_stuck_for_another_reason_than_one_that_finds_no_room() {
        List<BrickState> bricks = List.of(brick(1, "m1"), brick(2, "m2").departing(null), brick(3, "m1"));
        assertThat(code(new Relocator(new BrickRoom(bricks, 0)).vacate(file(1, UNIT, 2, 1, 2), Set.of(id(2)))))
                .isEqualTo(RefusalCode.TOO_FEW_BRICKS);
        assertThat(code(new Relocator(new BrickRoom(bricks, 0)).reshape(file(1, UNIT, 1, 1), 3)))
                .isEqualTo(RefusalCode.TOO_FEW_BRICKS);
    }

    @Test
    void more_replicas_keep_the_copies_there_are() {
        Relocator relocator = relocator(brick(1, "m1"), brick(2, "m2"), brick(3, "m3"));
        Relocation.Move move = move(relocator.reshape(file(1, 4 * UNIT, 1, 1, 2), 2));
        assertThat(move.replicaCount()).isEqualTo(2);
        assertThat(move.bricks().get(0)).isEqualTo(id(1));
        assertThat(move.bricks().get(2)).isEqualTo(id(2));
        assertThat(relocator.reshape(file(1, UNIT, 2, 1, 2), 2)).isInstanceOf(Relocation.Stay.class);
    }

    @Test
    void fewer_replicas_give_up_copies_that_are_away_or_leaving_first() {
        BrickState away = new BrickState(id(1), brick(1, "m1").location(), false, MIB);
        Relocator relocator = relocator(away, brick(2, "m2").departing(null), brick(3, "m3"));
        Relocator.File file = file(1, UNIT, 3, 1, 2, 3);
        assertThat(move(relocator.reshape(file, 1)).bricks()).containsExactly(id(3));
        assertThat(move(relocator.reshape(file, 2)).bricks()).containsExactly(id(3), id(2));
        assertThat(file.bytesToCopy(move(relocator.reshape(file, 2)))).isZero();
    }

    @Test
    void columns_on_one_brick_are_moved_apart_when_there_is_room_elsewhere() {
        List<BrickState> bricks = List.of(used(1, "m1", 100 * MIB, 100 * MIB), used(2, "m2", 0, 200 * MIB));
        Map<BrickId, Long> surpluses = Surpluses.of(bricks);
        Relocation.Move move =
                move(new Relocator(new BrickRoom(bricks, 0)).balance(file(1, 4 * UNIT, 1, 1, 1), surpluses));
        assertThat(move.bricks()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(surpluses.get(id(2))).isEqualTo(-50 * MIB + 2L * UNIT);
    }

    @Test
    void balancing_evens_out_and_never_makes_it_worse() {
        Seeds.upTo(200).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            int count = 3 + random.nextInt(5);
            long[] sizes = IntStream.range(0, count)
                    .mapToLong(i -> (100 + random.nextInt(400)) * MIB)
                    .toArray();
            int filled = 1 + random.nextInt(count - 1);
            List<Relocator.File> files = new ArrayList<>();
            long[] used = new long[count];
            for (int i = 0; i < 400; i++) {
                int on = random.nextInt(filled);
                long bytes = 1L + random.nextInt(4 * UNIT);
                if (used[on] + bytes <= sizes[on]) {
                    used[on] += bytes;
                    files.add(file(i, bytes, 1, on + 1));
                }
            }
            List<BrickState> bricks = IntStream.range(0, count)
                    .mapToObj(i -> used(i + 1, "m" + (i + 1), used[i], sizes[i] - used[i]))
                    .toList();
            Map<BrickId, Long> surpluses = Surpluses.of(bricks);
            double before = squares(surpluses);
            Relocator relocator = new Relocator(new BrickRoom(bricks, 0));
            for (Relocator.File file : files) {
                double earlier = squares(surpluses);
                relocator.balance(file, surpluses);
                assertThat(squares(surpluses)).as("seed %d", seed).isLessThanOrEqualTo(earlier);
            }
            assertThat(squares(surpluses)).as("seed %d", seed).isLessThanOrEqualTo(before);
            surpluses
                    .values()
                    .forEach(surplus ->
                            assertThat(Math.abs(surplus)).as("seed %d", seed).isLessThanOrEqualTo(4L * UNIT * 2));
        });
    }

    private static double squares(Map<BrickId, Long> surpluses) {
        return surpluses.values().stream().mapToDouble(s -> (double) s * s).sum();
    }

    private static void assertDistinctMachines(long seed, Relocation.Move move, List<BrickState> bricks) {
        Layout layout = new Layout(1, 1, move.bricks(), move.replicaCount());
        for (int column = 0; column < layout.width(); column++) {
            List<NodeName> machines = layout.column(column).stream()
                    .map(id -> bricks.stream()
                            .filter(brick -> brick.id().equals(id))
                            .findFirst()
                            .orElseThrow()
                            .location()
                            .node())
                    .toList();
            assertThat(machines).as("seed %d: %s", seed, move).doesNotHaveDuplicates();
        }
    }

    private static Relocator relocator(BrickState... bricks) {
        return new Relocator(new BrickRoom(List.of(bricks), 0));
    }

    private static Relocation.Move move(Relocation relocation) {
        assertThat(relocation).isInstanceOf(Relocation.Move.class);
        return (Relocation.Move) relocation;
    }

    private static RefusalCode code(Relocation relocation) {
        assertThat(relocation).isInstanceOf(Relocation.Stuck.class);
        return Objects.requireNonNull(((Relocation.Stuck) relocation).refusal()).code();
    }

    private static Relocator.File file(long inode, long sizeBytes, int replicaCount, int... bricks) {
        return file(1, inode, sizeBytes, replicaCount, bricks);
    }

    private static Relocator.File file(long layout, long inode, long sizeBytes, int replicaCount, int... bricks) {
        List<BrickId> ids = Arrays.stream(bricks).mapToObj(RelocatorTest::id).toList();
        return new Relocator.File(new Striping(new Layout(layout, 1, ids, replicaCount), 0, UNIT), inode, sizeBytes);
    }

    private static BrickState brick(int number, String machine) {
        return brick(number, machine, 1000 * MIB);
    }

    private static BrickState brick(int number, String machine, long freeBytes) {
        return new BrickState(id(number), new BrickLocation(new NodeName(machine), "/b" + number), true, freeBytes);
    }

    private static BrickState used(int number, String machine, long usedBytes, long freeBytes) {
        return new BrickState(
                id(number),
                new BrickLocation(new NodeName(machine), "/b" + number),
                true,
                freeBytes,
                true,
                usedBytes,
                false,
                null);
    }

    private static BrickId id(int number) {
        return new BrickId(new UUID(0, number));
    }
}
