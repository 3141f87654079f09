package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.mortar.cli.stub.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeStartTest {
    @TempDir
    Path directory;

    @Test
    void options_become_settings() {
        Config config = started(
                "node",
                "start",
                "--name",
                "bt2",
                "--join",
                "bt1",
                "--join",
                "bt3:3551",
                "--data-dir",
                "data",
                "--bind",
                "10.0.0.2",
                "--http",
                "10.0.0.2:80");

        assertThat(config.getString("mortar.name")).isEqualTo("bt2");
        assertThat(config.getStringList("mortar.join")).containsExactly("bt1", "bt3:3551");
        assertThat(config.getString("mortar.data-dir"))
                .isEqualTo(Path.of("data").toAbsolutePath().toString());
        assertThat(config.getString("mortar.bind.host")).isEqualTo("10.0.0.2");
        assertThat(config.getString("mortar.http.host")).isEqualTo("10.0.0.2");
        assertThat(config.getInt("mortar.http.port")).isEqualTo(80);
    }

    @Test
    void options_win_over_the_file() throws Exception {
        Path file = Files.writeString(
                directory.resolve("bt1.conf"), "mortar { name = bt1, http.port = 1234, seed-nodes = [\"bt1:2551\"] }");

        Config config = started("start", "node", "--config", file.toString(), "--name", "other");

        assertThat(config.getString("mortar.name")).isEqualTo("other");
        assertThat(config.getInt("mortar.http.port")).isEqualTo(1234);
        assertThat(config.getStringList("mortar.seed-nodes")).containsExactly("bt1:2551");
    }

    @Test
    void an_address_may_be_of_ip_version_6() {
        assertThat(started("node", "start", "--bind", "[::1]:99").getString("mortar.bind.host"))
                .isEqualTo("::1");
        assertThat(started("node", "start", "--bind", "[::1]:99").getInt("mortar.bind.port"))
                .isEqualTo(99);
        assertThat(started("node", "start", "--bind", "fe80::2").getString("mortar.bind.host"))
                .isEqualTo("fe80::2");
    }

    @Test
    void bad_addresses_are_wrong_usage() {
        for (String bad : new String[] {"bt1:port", "bt1:99999", "http://bt1", "", ":1"}) {
            assertThat(Invocation.of("node", "start", "--bind", bad).exit())
                    .as(bad)
                    .isEqualTo(2);
            assertThat(Invocation.of("node", "start", "--join", bad).exit())
                    .as(bad)
                    .isEqualTo(2);
        }
    }

    @Test
    void a_configuration_that_cannot_be_read_is_named() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.conf"), "mortar { name = ");
        Invocation missing = Invocation.of(
                "node", "start", "--config", directory.resolve("none.conf").toString());
        Invocation unreadable = Invocation.of("node", "start", "--config", broken.toString());

        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("none.conf: there is no such file");
        assertThat(unreadable.exit()).isEqualTo(1);
        assertThat(unreadable.err()).contains("broken.conf");
    }

    private static Config started(String... arguments) {
        Invocation invocation = Invocation.of(arguments);
        assertThat(invocation.exit()).as(invocation.err()).isZero();
        return invocation.nodes().get(0);
    }
}
