package io.mortar.node.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspensionWatchTest {
    private final List<String> faults = new ArrayList<>();
    private long nanos;
    private final SuspensionWatch watch =
            new SuspensionWatch(Duration.ofSeconds(20), () -> nanos, (what, cause) -> faults.add(cause.getMessage()));

    @Test
    void a_process_that_runs_may_answer() {
        watch.restart();
        for (int second = 0; second < 60; second++) {
            nanos += Duration.ofSeconds(1).toNanos();
            watch.tick();
            assertThat(watch.isFresh()).isTrue();
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void a_process_that_was_suspended_answers_nothing_and_halts() {
        watch.restart();
        nanos += Duration.ofSeconds(21).toNanos();

        assertThat(watch.isFresh()).isFalse();
        watch.tick();

        assertThat(faults).singleElement().asString().contains("suspended for 21 s");
        assertThat(watch.isFresh()).isFalse();
    }
}
