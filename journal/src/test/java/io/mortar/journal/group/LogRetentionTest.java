package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogRetentionTest {
    private static LogRetention of(long entries, long bytes) {
        return new LogRetention(new GroupSettings.Retention(entries, bytes));
    }

    @Test
    void a_short_log_is_kept_whole() {
        LogRetention retention = of(1000, 1_000_000);
        retention.applied(100, 10_000);
        assertThat(retention.start(0, 100)).isZero();
    }

    @Test
    void the_last_entries_are_kept() {
        LogRetention retention = of(1000, 1_000_000);
        retention.applied(5000, 10_000);
        assertThat(retention.start(0, 5000)).isEqualTo(4000);
    }

    @Test
    void the_last_bytes_are_kept() {
        LogRetention retention = of(1000, 10_000);
        for (int index = 1; index <= 100; index++) {
            retention.applied(index, 1000);
        }
        assertThat(retention.start(0, 100)).isEqualTo(90);
    }

    @Test
    void the_start_is_not_moved_for_a_few_entries() {
        LogRetention retention = of(1000, 1_000_000);
        assertThat(retention.start(4000, 5010)).isEqualTo(4000);
    }
}
