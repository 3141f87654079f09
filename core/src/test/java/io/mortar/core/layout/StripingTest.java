package io.mortar.core.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.pool.BrickId;
import io.mortar.testkit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripingTest {
    private static final int UNIT = 64 * 1024;

    @Test
    void chunks_go_round_the_columns_from_the_seed_on() {
        Striping striping = striping(3, 1);
        assertThat(IntStream.range(0, 6).mapToObj(index -> only(striping, index)))
                .containsExactly(brick(1), brick(2), brick(0), brick(1), brick(2), brick(0));
    }

    @Test
    void a_negative_seed_and_the_last_chunk_there_can_be_have_a_column() {
        assertThat(only(striping(3, -1), 0)).isEqualTo(brick(2));
        assertThat(only(striping(3, Integer.MIN_VALUE), 0)).isEqualTo(brick(1));
        assertThat(only(striping(3, Integer.MAX_VALUE), Integer.MAX_VALUE)).isEqualTo(brick(2));
    }

    @Test
    void chunk_counts_and_sizes_at_the_edges_of_the_stripe_unit() {
        Striping striping = striping(3, 0);
        assertThat(striping.chunkCount(0)).isZero();
        assertThat(striping.chunkCount(1)).isEqualTo(1);
        assertThat(striping.chunkCount(UNIT)).isEqualTo(1);
        assertThat(striping.chunkCount(UNIT + 1)).isEqualTo(2);
        assertThat(striping.chunkSizeBytes(0, UNIT)).isEqualTo(UNIT);
        assertThat(striping.chunkSizeBytes(1, UNIT + 1)).isEqualTo(1);
        assertThat(striping.chunkCount((long) UNIT * Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void the_chunks_of_a_file_are_the_file_and_spread_evenly() {
        Seeds.upTo(200).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            int width = 1 + random.nextInt(8);
            long size = random.nextLong(100L * UNIT);
            Striping striping = striping(width, random.nextInt());
            int count = striping.chunkCount(size);
            long sum = 0;
            Map<BrickId, Integer> perBrick = new HashMap<>();
            for (int i = 0; i < count; i++) {
                assertThat(striping.chunkSizeBytes(i, size)).as("seed %d", seed).isBetween(1, UNIT);
                sum += striping.chunkSizeBytes(i, size);
                perBrick.merge(only(striping, i), 1, Integer::sum);
            }
            assertThat(sum).as("seed %d", seed).isEqualTo(size);
            assertThat(perBrick.values())
                    .as("seed %d", seed)
                    .allMatch(n -> n == count / width || n == (count + width - 1) / width);
        });
    }

    @Test
    void a_column_has_the_bricks_of_its_copies_and_every_width_th_chunk() {
        List<BrickId> bricks = IntStream.range(0, 6).mapToObj(i -> brick(i)).toList();
        Striping striping = new Striping(new Layout(1, 1, bricks, 2), 4, UNIT);
        assertThat(striping.layout().width()).isEqualTo(3);
        assertThat(striping.bricksOf(0)).containsExactly(brick(2), brick(3));
        assertThat(striping.bricksOf(1)).containsExactly(brick(4), brick(5));
        assertThat(striping.bricksOf(2)).containsExactly(brick(0), brick(1));
        assertThat(striping.bricksOf(3)).isEqualTo(striping.bricksOf(0));
        for (int column = 0; column < 3; column++) {
            assertThat(striping.columnOf(striping.firstIndexOf(column))).isEqualTo(column);
            assertThat(striping.firstIndexOf(column)).isBetween(0, 2);
        }
    }

    @Test
    void a_layout_of_unequal_columns_is_refused_and_one_without_a_count_has_one_copy() {
        List<BrickId> bricks = List.of(brick(0), brick(1), brick(2));
        assertThatThrownBy(() -> new Layout(1, 1, bricks, 2)).hasMessageContaining("3 bricks in columns of 2");
        assertThatThrownBy(() -> new Layout(1, 1, List.of(), 1)).hasMessageContaining("0 bricks");
        assertThat(new Layout(1, 1, bricks, 0).replicaCount()).isEqualTo(1);
    }

    private static BrickId only(Striping striping, int index) {
        assertThat(striping.bricksOf(index)).hasSize(1);
        return striping.bricksOf(index).get(0);
    }

    private static Striping striping(int width, int seed) {
        List<BrickId> columns =
                IntStream.range(0, width).mapToObj(StripingTest::brick).toList();
        return new Striping(new Layout(1, 1, columns, 1), seed, UNIT);
    }

    private static BrickId brick(int number) {
        return new BrickId(new UUID(0, number));
    }
}
