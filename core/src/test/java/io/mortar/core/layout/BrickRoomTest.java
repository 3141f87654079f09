package io.mortar.core.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BrickRoomTest {
    private static BrickState brick(long usedBytes, long freeBytes, boolean serving) {
        return new BrickState(
                new BrickId(new UUID(0, 1)),
                BrickLocation.parse("bt1:/b"),
                serving,
                freeBytes,
                serving,
                usedBytes,
                false,
                null);
    }

    @Test
    void healing_ends_before_the_last_space_is_taken() {
        assertThat(BrickRoom.healingRoomBytes(brick(9_000, 1_000, true), 400)).isEqualTo(600);
        assertThat(BrickRoom.healingRoomBytes(brick(9_700, 300, true), 400))
                .as("below the reserve already")
                .isZero();
    }

    @Test
    void of_a_small_brick_healing_keeps_no_more_than_an_eighth() {
        assertThat(BrickRoom.healingRoomBytes(brick(0, 800, true), 10_000)).isEqualTo(700);
        assertThat(BrickRoom.healingRoomBytes(brick(750, 50, true), 10_000)).isZero();
    }

    @Test
    void what_is_on_its_way_counts_and_a_brick_that_is_away_takes_nothing() {
        BrickState brick = brick(9_000, 1_000, true);
        BrickRoom room = new BrickRoom(List.of(brick), 400);
        assertThat(room.fits(brick, 600)).isTrue();
        assertThat(room.fits(brick, 601)).isFalse();
        room.take(brick.id(), 500);
        assertThat(room.fits(brick, 101)).isFalse();
        BrickState away = brick(9_000, 1_000, false);
        assertThat(new BrickRoom(List.of(away), 400).fits(away, 1)).isFalse();
    }
}
