package io.mortar.journal;

import io.mortar.testkit.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void module_arrows_and_package_names_are_kept() {
        ArchitectureRules.check("journal", List.of());
    }
}
