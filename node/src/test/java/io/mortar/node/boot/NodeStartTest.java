package io.mortar.node.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.node.identity.StartRefusedException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeStartTest {
    @TempDir
    Path directory;

    @Test
    void times_that_contradict_each_other_are_refused_by_name_before_anything_starts() {
        Config config = NodeConfiguration.complete(ConfigFactory.parseMap(Map.of(
                "mortar.data-dir", directory.toString(),
                "mortar.journal.group.membership.contact-within", "20 s",
                "mortar.journal.group.membership.replace-voter-after", "8 s")));
        assertThatThrownBy(() -> MortarNode.start(config, "http://127.0.0.1", (what, cause) -> {}))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("mortar.journal.group.membership.contact-within is 20.0 s")
                .hasMessageContaining("mortar.journal.group.membership.replace-voter-after is 8.0 s");
    }
}
