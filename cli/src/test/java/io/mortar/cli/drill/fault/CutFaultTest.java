package io.mortar.cli.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutFaultTest {
    private final List<String> done = new ArrayList<>();
    private final CutFault.Wires wires = new CutFault.Wires() {
        @Override
        public void cut(int node) {
            done.add("cut " + node);
        }

        @Override
        public void mend(int node) {
            done.add("mend " + node);
        }
    };

    @Test
    void a_node_that_is_cut_off_is_joined_again() throws Exception {
        assertThat(new CutFault(wires, Duration.ZERO).strike(2)).contains("cut off");
        assertThat(done).containsExactly("cut 2", "mend 2");
    }

    @Test
    void it_is_joined_again_also_when_the_drill_is_interrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new CutFault(wires, Duration.ofMinutes(5)).strike(1))
                .isInstanceOf(InterruptedException.class);
        assertThat(done).containsExactly("cut 1", "mend 1");
    }
}
