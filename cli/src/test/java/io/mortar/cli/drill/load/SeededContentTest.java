package io.mortar.cli.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededContentTest {
    private static final SeededContent CONTENT = new SeededContent(42, 1000);

    @Test
    void any_part_is_what_the_whole_has_there() {
        byte[] whole = CONTENT.bytes();

        assertThat(whole).hasSize(1000);
        for (int from = 0; from < 40; from++) {
            assertThat(CONTENT.bytes(from, 33)).isEqualTo(Arrays.copyOfRange(whole, from, from + 33));
            assertThat(CONTENT.firstDifference(from, Arrays.copyOfRange(whole, from, 900)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void another_byte_another_place_and_another_seed_differ() {
        byte[] part = CONTENT.bytes(16, 100);
        part[70] ^= 1;

        assertThat(CONTENT.firstDifference(16, part)).isEqualTo(86);
        assertThat(CONTENT.firstDifference(8, CONTENT.bytes(16, 100))).isBetween(8, 16);
        assertThat(new SeededContent(43, 1000).firstDifference(0, CONTENT.bytes()))
                .isBetween(0, 8);
    }
}
