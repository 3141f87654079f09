package io.mortar.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import org.junit.jupiter.api.Test;

class DrillUsageTest {
    @Test
    void what_cannot_be_is_refused_before_anything_is_started() {
        assertRefused("--local", "drill");
        assertRefused("--guided", "drill", "bt-vol");
        assertRefused("--guided", "drill", "bt-vol", "--guided", "--clean");
        assertRefused("--local", "drill", "bt-vol", "--local");
        assertRefused("--nodes", "drill", "bt-vol", "--guided", "--nodes", "3");
        assertRefused("--force", "drill", "--local", "--force");
        assertRefused("'burn'", "drill", "--local", "--faults", "kill,burn");
        assertRefused("--nodes", "drill", "--local", "--nodes", "2");
        assertRefused("--minutes", "drill", "--local", "--minutes", "0");
        assertRefused("--every", "drill", "--local", "--every", "0");
        assertRefused("--http-port", "drill", "--local", "--port", "9000", "--http-port", "9000");
    }

    private static void assertRefused(String named, String... arguments) {
        Invocation refused = Invocation.of(arguments);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains(named);
        assertThat(refused.out()).isEmpty();
    }
}
