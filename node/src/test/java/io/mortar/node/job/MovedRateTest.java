package io.mortar.node.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MovedRateTest {
    private static final long SECOND = 1_000_000_000L;
    private final MovedRate rate = new MovedRate();

    private void look(int second, boolean busy, long bytesBefore) {
        rate.add(bytesBefore);
        rate.look(busy, second * SECOND);
    }

    @Test
    void a_moment_says_nothing() {
        look(0, true, 0);
        look(4, true, 400);
        assertThat(rate.perSecond()).isZero();
        look(5, true, 100);
        assertThat(rate.perSecond()).isEqualTo(100);
    }

    @Test
    void what_comes_between_two_jobs_does_not_count() {
        look(0, true, 0);
        look(6, true, 600);
        look(7, false, 100);
        look(100, false, 0);
        look(101, true, 0);
        look(107, true, 1200);
        assertThat(rate.perSecond()).isEqualTo(150);
    }

    @Test
    void what_is_long_ago_hardly_counts() {
        look(0, true, 0);
        for (int second = 1; second <= 120; second++) {
            look(second, true, 1000);
        }
        for (int second = 121; second <= 600; second++) {
            look(second, true, 100);
        }
        assertThat(rate.perSecond()).isBetween(100L, 250L);
    }
}
