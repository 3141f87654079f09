package io.mortar.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ByteSizeTest {
    @Test
    void units_are_powers_of_1024() {
        assertThat(ByteSize.parse("1MiB")).isEqualTo(1 << 20);
        assertThat(ByteSize.parse("1m")).isEqualTo(1 << 20);
        assertThat(ByteSize.parse("64 KB")).isEqualTo(64 << 10);
        assertThat(ByteSize.parse("65536")).isEqualTo(65536);
        assertThat(ByteSize.parse("65536B")).isEqualTo(65536);
        assertThat(ByteSize.parse("3T")).isEqualTo(3L << 40);
    }

    @Test
    void what_is_no_size_is_refused() {
        for (String bad : new String[] {"", "MiB", "-1", "1.5M", "1X", "9999999T"}) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> ByteSize.parse(bad));
        }
    }

    @Test
    void sizes_read_as_df_writes_them() {
        assertThat(ByteSize.human(0)).isEqualTo("0");
        assertThat(ByteSize.human(1023)).isEqualTo("1023");
        assertThat(ByteSize.human(1024)).isEqualTo("1.0K");
        assertThat(ByteSize.human(1025)).isEqualTo("1.1K");
        assertThat(ByteSize.human(10 * 1024)).isEqualTo("10K");
        assertThat(ByteSize.human(10 * 1024 + 1)).isEqualTo("11K");
        assertThat(ByteSize.human((1 << 20) - 1)).isEqualTo("1.0M");
        assertThat(ByteSize.human(100L << 30)).isEqualTo("100G");
        assertThat(ByteSize.human(Long.MAX_VALUE)).isEqualTo("8.0E");
    }

    @Test
    void exact_sizes_lose_nothing() {
        assertThat(ByteSize.exact(1 << 20)).isEqualTo("1MiB");
        assertThat(ByteSize.exact(64 << 10)).isEqualTo("64KiB");
        assertThat(ByteSize.exact(1000)).isEqualTo("1000B");
    }
}
