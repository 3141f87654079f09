package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.mortar.node.boot.NodeSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration files that are shipped are ones that a node accepts. */
class SampleConfigurationTest {
    private static final Path ROOT = Path.of(System.getProperty("mortar.root"));

    @Test
    void the_three_machines_know_each_other_and_themselves() {
        for (int number = 1; number <= 3; number++) {
            NodeSettings settings = settings("deploy/three-vms/bt" + number + ".conf");

            assertThat(settings.name()).hasToString("bt" + number);
            assertThat(settings.address()).isEqualTo("192.168.56.1" + number + ":2551");
            assertThat(settings.seeds())
                    .containsExactly("192.168.56.11:2551", "192.168.56.12:2551", "192.168.56.13:2551");
        }
    }

    @Test
    void the_nodes_on_one_machine_have_their_own_addresses_and_directories() {
        for (int number = 1; number <= 3; number++) {
            NodeSettings settings = settings("deploy/one-machine/bt" + number + ".conf");

            assertThat(settings.address()).isEqualTo("127.0.0." + number + ":2551");
            assertThat(settings.dataDirectory()).hasToString("/var/lib/mortar/bt" + number);
            assertThat(settings.seeds()).hasSize(3).contains(settings.address());
        }
    }

    @Test
    void the_sample_of_the_distribution_changes_nothing_until_it_is_edited() {
        assertThat(settings("cli/src/main/dist/conf/mortar.conf").address()).isEqualTo("127.0.0.1:2551");
    }

    private static NodeSettings settings(String file) {
        Config config = new NodeConfig().over(ROOT.resolve(file));
        return NodeSettings.from(config);
    }
}
