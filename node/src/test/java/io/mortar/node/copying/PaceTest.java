package io.mortar.node.copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    /** Bytes that go within ten seconds, in pieces, by a clock that may begin anywhere. */
    private static long sentInTenSeconds(Pace pace, long startNanos, int pieceBytes) {
        long sent = 0;
        for (long now = startNanos; now - startNanos < 10 * SECOND; now += SECOND / 1000) {
            while (pace.waitNanos(now) == 0) {
                pace.spend(pieceBytes, now);
                sent += pieceBytes;
            }
        }
        return sent;
    }

    @Test
    void bytes_go_at_the_pace_that_was_set_whatever_the_pieces_and_the_clock() {
        for (long start : new long[] {0, -5 * SECOND, Long.MAX_VALUE - 5 * SECOND}) {
            for (int piece : new int[] {1000, 1 << 20, 3 << 20}) {
                assertThat(sentInTenSeconds(new Pace(1 << 20), start, piece))
                        .as("pieces of %d from %d on", piece, start)
                        .isBetween((10L << 20) * 99 / 100, (11L << 20) + piece);
            }
        }
    }

    @Test
    void what_was_not_used_for_long_is_not_made_up_for() {
        Pace pace = new Pace(1 << 20);
        pace.spend(1, 0);
        assertThat(sentInTenSeconds(pace, 1000 * SECOND, 1 << 10)).isBetween((10L << 20) * 99 / 100, 11L << 20);
    }

    @Test
    void what_did_not_go_after_all_is_not_waited_for() {
        Pace pace = new Pace(1 << 20);
        pace.spend(10 << 20, 0);
        pace.giveBack(10 << 20);
        assertThat(pace.waitNanos(0)).isZero();
    }

    @Test
    void a_new_limit_counts_from_the_next_bytes_on() {
        Pace pace = new Pace(1);
        pace.limitTo(1 << 20);
        assertThat(sentInTenSeconds(pace, 0, 1 << 10)).isBetween((10L << 20) * 99 / 100, 11L << 20);
        assertThatThrownBy(() -> pace.limitTo(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
