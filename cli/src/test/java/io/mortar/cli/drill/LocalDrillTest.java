package io.mortar.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalDrillTest {
    @Test
    void a_small_disk_is_filled_with_little_and_a_large_one_with_no_more_than_needed() {
        assertThat(LocalDrill.roomOfFilled(4L << 30)).isEqualTo(3L << 29);
        assertThat(LocalDrill.roomOfFilled(11L << 30)).isEqualTo(4L << 30);
        assertThat(LocalDrill.roomOfFilled(500L << 30)).isEqualTo(6L << 30);
    }

    @Test
    void a_brick_leaves_free_as_much_as_it_is_told_also_beyond_what_a_watermark_may_be() {
        assertThat(LocalDrill.untouchable(500, 1000)).contains("watermark-max = 500", "metadata-reserve = 0");
        assertThat(LocalDrill.untouchable(950, 1000)).contains("watermark-max = 900", "metadata-reserve = 50");
    }
}
