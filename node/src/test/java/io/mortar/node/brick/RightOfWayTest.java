package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RightOfWayTest {
    private static final long MIB = 1L << 20;
    private static final long CHUNK = MIB - RightOfWay.REQUEST_COST_BYTES;
    private static final Duration QUIET = Duration.ofMillis(500);

    private long nanos = 1_000_000_000_000L;
    private final RightOfWay way = new RightOfWay(new BackgroundSettings(20, 4 * MIB, QUIET), () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** Chunks of 1 MiB that are admitted in {@code seconds} when one is asked for every 5 ms, beside {@code clientChunks} a second. */
    private int admitted(int seconds, int clientChunks) {
        int count = 0;
        for (int step = 0; step < 200 * seconds; step++) {
            if (clientChunks > 0 && step % (200 / clientChunks) == 0) {
                way.clientBegins(CHUNK);
                way.clientEnds();
            }
            count += way.admit(CHUNK) ? 1 : 0;
            pass(Duration.ofMillis(5));
        }
        return count;
    }

    @Test
    void without_clients_nothing_is_held_back() {
        assertThat(admitted(1, 0)).isEqualTo(200);
    }

    @Test
    void beside_busy_clients_copies_get_their_share_of_all() {
        admitted(5, 100);
        assertThat(admitted(10, 100)).isBetween(245, 255); // 25 beside 100 are 20 %
    }

    @Test
    void beside_clients_who_ask_for_little_copies_get_the_floor() {
        admitted(5, 4);
        assertThat(admitted(10, 4)).isBetween(39, 41);
    }

    @Test
    void small_requests_of_clients_count_for_more_than_their_bytes() {
        for (int i = 0; i < 10_000; i++) {
            way.clientBegins(100);
            way.clientEnds();
            pass(Duration.ofMillis(1));
        }
        way.admit(CHUNK);
        int count = 0;
        for (int i = 0; i < 1000; i++) {
            way.clientBegins(100);
            way.clientEnds();
            count += way.admit(CHUNK) ? 1 : 0;
            pass(Duration.ofMillis(1));
        }
        assertThat(count).isBetween(14, 22); // a quarter of 1000 x 64 KiB, where the floor is 4; and what was saved
    }

    @Test
    void when_clients_have_been_away_for_a_while_copies_take_all() {
        admitted(5, 100);
        pass(QUIET.minusMillis(20));
        assertThat(admitted(1, 0)).isGreaterThan(190);
    }

    @Test
    void a_request_that_takes_long_keeps_copies_back_until_it_has_ended() {
        way.clientBegins(CHUNK);
        pass(Duration.ofSeconds(60));
        assertThat(admitted(10, 0)).isBetween(39, 42);
        way.clientEnds();
        pass(QUIET);
        assertThat(admitted(1, 0)).isEqualTo(200);
    }

    @Test
    void a_request_that_never_ends_does_not_keep_copies_back_for_ever() {
        way.clientBegins(CHUNK);
        pass(Duration.ofMinutes(2));
        assertThat(admitted(1, 0)).isEqualTo(200);
    }

    @Test
    void what_came_to_nothing_is_given_back() {
        way.clientBegins(CHUNK);
        assertThat(way.admit(100 * MIB)).isTrue();
        assertThat(way.admit(CHUNK)).isFalse();
        way.giveBack(100 * MIB);
        assertThat(way.admit(CHUNK)).isTrue();
    }

    @Test
    void time_in_which_nothing_was_copied_is_made_up_for_by_no_burst() {
        way.clientBegins(CHUNK);
        pass(Duration.ofSeconds(60));
        int burst = 0;
        while (way.admit(CHUNK)) {
            burst++;
        }
        assertThat(burst).isLessThanOrEqualTo(2);
    }
}
