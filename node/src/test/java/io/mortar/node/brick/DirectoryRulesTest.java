package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryRulesTest {
    private static final Path DATA = Path.of("/var/lib/mortar");

    private static void check(String directory, String allowed, String... others) {
        List<Path> otherPaths = List.of(others).stream().map(Path::of).toList();
        new DirectoryRules(List.of(Path.of(allowed)), DATA).check(Path.of(directory), otherPaths);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/bt1", "/srv/brick", "/home/me/brick", "/root/x/brick", "/tmp/a", "/mnt/disk", "/var/lib/other"
            })
    void ordinary_directories_may_be_bricks(String directory) {
        assertThatCode(() -> check(directory, "/")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/etc",
                "/etc/brick",
                "/usr/local/brick",
                "/proc/1",
                "/dev/shm/x",
                "/run/x",
                "/boot/brick",
                "/home",
                "/tmp",
                "/var",
                "/var/lib",
                "/var/lib/mortar",
                "/var/lib/mortar/brick"
            })
    void directories_of_the_system_and_of_the_node_may_not(String directory) {
        assertThatThrownBy(() -> check(directory, "/"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(RefusalCode.BRICK_NOT_ALLOWED.name())
                .hasMessageContaining(directory);
    }

    @Test
    void only_directories_below_the_allowed_ones_may() {
        assertThatCode(() -> check("/srv/a", "/srv")).doesNotThrowAnyException();
        for (String outside : List.of("/srv", "/mnt/a", "/srvx")) {
            assertThatThrownBy(() -> check(outside, "/srv"))
                    .hasMessageStartingWith(RefusalCode.BRICK_NOT_ALLOWED.name())
                    .hasMessageContaining("bricks-allowed-under");
        }
    }

    @Test
    void bricks_are_never_nested() {
        for (String other : List.of("/srv/a", "/srv/a/b", "/srv")) {
            assertThatThrownBy(() -> check("/srv/a", "/", other))
                    .hasMessageStartingWith(RefusalCode.BRICK_IN_USE.name())
                    .hasMessageContaining(other);
        }
        assertThatCode(() -> check("/srv/a", "/", "/srv/ab", "/srv/b")).doesNotThrowAnyException();
    }
}
