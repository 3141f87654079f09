package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutstandingTest {
    @Test
    void too_many_requests_are_refused_until_one_is_answered() {
        Outstanding outstanding = new Outstanding(1, 1000);
        CompletableFuture<Long> first = outstanding.begin(10);
        assertThat(outstanding.<Long>begin(10)).isCompletedExceptionally();
        first.complete(1L);
        assertThat(outstanding.<Long>begin(10)).isNotDone();
    }

    @Test
    void too_many_bytes_are_refused_but_one_request_of_any_size_is_taken() {
        Outstanding outstanding = new Outstanding(10, 1000);
        CompletableFuture<Long> first = outstanding.begin(2000);
        assertThat(first).isNotDone();
        assertThat(outstanding.<Long>begin(1)).isCompletedExceptionally();
        first.complete(1L);
        assertThat(outstanding.<Long>begin(1)).isNotDone();
    }

    @Test
    void what_waits_and_what_comes_is_answered_when_the_member_stops() {
        Outstanding outstanding = new Outstanding(10, 1000);
        CompletableFuture<Long> waiting = outstanding.begin(1);
        outstanding.stop();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(outstanding.<Long>begin(1)).isCompletedExceptionally();
    }
}
