package io.mortar.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobPaceTest {
    @Test
    void what_was_measured_counts_for_more_than_what_is_allowed() {
        assertThat(new JobPace(100, 0).secondsFor(1001)).isEqualTo(11);
        assertThat(new JobPace(100, 50).secondsFor(1001)).isEqualTo(21);
    }

    @Test
    void nothing_takes_no_time_and_without_a_rate_nothing_is_known() {
        assertThat(JobPace.UNKNOWN.secondsFor(0)).isZero();
        assertThat(JobPace.UNKNOWN.secondsFor(1)).isEqualTo(-1);
    }
}
