package io.mortar.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlusterTest {
    private static String brick(String entries) {
        return "Brick 10.255.255.1:/b\nStatus: Connected\nNumber of entries: " + entries + "\n\n";
    }

    @Test
    void what_bricks_lack_is_summed_up_when_all_of_them_say_it() {
        assertThat(Gluster.entries(brick("0") + brick("0") + brick("0"))).isZero();
        assertThat(Gluster.entries(brick("2") + brick("0") + brick("3"))).isEqualTo(5);
        assertThat(Gluster.entries(brick("0") + brick("-") + brick("0"))).isEqualTo(-1);
        assertThat(Gluster.entries(brick("0"))).isEqualTo(-1);
    }
}
