package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DedupTest {
    private static final long CLIENT = -5;
    private static final long OTHER = 5;

    private final TestVolume volume = new TestVolume();

    @Test
    void an_answer_is_found_by_client_and_number_until_it_is_settled() {
        remember(CLIENT, 1);
        remember(CLIENT, 2);
        remember(OTHER, 1);
        assertThat(find(CLIENT, 1)).containsExactly(1);
        assertThat(find(CLIENT, 3)).isNull();
        assertThat(Dedup.isSettled(volume.rows, TestVolume.ID, CLIENT, 1)).isFalse();

        settle(2, 100);

        assertThat(find(CLIENT, 1)).isNull();
        assertThat(Dedup.isSettled(volume.rows, TestVolume.ID, CLIENT, 1)).isTrue();
        assertThat(Dedup.isSettled(volume.rows, TestVolume.ID, CLIENT, 2)).isFalse();
        assertThat(find(CLIENT, 2)).containsExactly(2);
        assertThat(find(OTHER, 1)).containsExactly(1);
    }

    @Test
    void settling_is_bounded_and_goes_on_where_it_stopped() {
        for (int i = 1; i <= 10; i++) {
            remember(CLIENT, i);
        }
        settle(9, 3);
        assertThat(find(CLIENT, 3)).isNull();
        assertThat(find(CLIENT, 4)).containsExactly(4);
        assertThat(Dedup.isSettled(volume.rows, TestVolume.ID, CLIENT, 3)).isTrue();
        assertThat(Dedup.isSettled(volume.rows, TestVolume.ID, CLIENT, 4)).isFalse();
        settle(9, 100);
        assertThat(find(CLIENT, 8)).isNull();
        assertThat(find(CLIENT, 9)).containsExactly(9);
        assertThat(Dedup.settle(volume.context(), volume.rows, CLIENT, 9, 100)).isEmpty();
        assertThat(Dedup.settle(volume.context(), volume.rows, CLIENT, 3, 100)).isEmpty();
    }

    @Test
    void rows_of_clients_that_went_away_are_forgotten_by_age() {
        remember(CLIENT, 1);
        settle(1, 10);
        volume.nowMillis += 1000;
        remember(OTHER, 1);

        List<RowChange> old = Dedup.forgetBefore(volume.rows, TestVolume.ID, volume.nowMillis, 100);
        assertThat(old).hasSize(2);
        assertThat(Dedup.forgetBefore(volume.rows, TestVolume.ID, volume.nowMillis, 1))
                .hasSize(1);
        volume.rows.apply(old);
        assertThat(find(CLIENT, 1)).isNull();
        assertThat(find(OTHER, 1)).containsExactly(1);
        assertThat(Dedup.isSettled(volume.rows, TestVolume.ID, CLIENT, 0)).isFalse();
    }

    private void remember(long client, int sequence) {
        volume.rows.apply(List.of(Dedup.remember(volume.context(), client, sequence, new byte[] {(byte) sequence})));
    }

    private void settle(long below, int limit) {
        volume.rows.apply(Dedup.settle(volume.context(), volume.rows, CLIENT, below, limit));
    }

    private byte @Nullable [] find(long client, long sequence) {
        return Dedup.find(volume.rows, TestVolume.ID, client, sequence);
    }
}
