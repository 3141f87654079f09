package io.mortar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void the_longest_time_between_two_successes_counts() {
        assertThat(longest(0, 10, 1, 2, 5, 6, 9, 10)).isEqualTo(3);
    }

    @Test
    void a_gap_counts_in_whole_when_it_overlaps_the_window() {
        assertThat(longest(10, 20, 2, 3, 11, 12, 18, 19, 21)).isEqualTo(8);
        assertThat(longest(10, 20, 10, 15, 19, 30, 90)).isEqualTo(11);
        assertThat(longest(10, 20, 1, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 50))
                .isEqualTo(1);
    }

    @Test
    void a_client_that_never_succeeds_again_has_a_gap_until_the_end() {
        assertThat(longest(0, 10, 1, 2)).isEqualTo(8);
        assertThat(longest(0, 10)).isEqualTo(10);
    }

    private static double longest(long from, long to, long... successes) {
        List<Long> nanos = Arrays.stream(successes).mapToObj(at -> at * SECOND).toList();
        return Gaps.longestSeconds(nanos, from * SECOND, to * SECOND);
    }
}
