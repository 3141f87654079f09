package io.mortar.testkit;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void module_arrows_and_package_names_are_kept() {
        ArchitectureRules.check("testkit", List.of());
    }
}
