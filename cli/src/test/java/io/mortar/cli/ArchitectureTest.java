package io.mortar.cli;

import io.mortar.testkit.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void module_arrows_and_package_names_are_kept() {
        ArchitectureRules.check("cli", List.of("core", "protocol", "client", "node", "gateway"));
    }
}
