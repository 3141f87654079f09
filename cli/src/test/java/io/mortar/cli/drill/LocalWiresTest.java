package io.mortar.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.local.LocalNetwork;
import io.mortar.cli.local.LocalPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWiresTest {
    @TempDir
    Path directory;

    @Test
    void a_drill_that_cuts_nothing_takes_the_loopback() {
        LocalWires.Choice choice = LocalWires.choose(options(FaultKind.KILL));

        assertThat(choice.network()).isSameAs(LocalNetwork.LOOPBACK);
        assertThat(choice.skipped()).isEmpty();
    }

    @Test
    void a_pool_that_was_kept_on_the_loopback_stays_there_and_is_not_cut() {
        LocalDirectory.open("drill", directory, 0).close();

        LocalWires.Choice choice = LocalWires.choose(options());
        assertThat(choice.network()).isSameAs(LocalNetwork.LOOPBACK);
        assertThat(choice.skipped())
                .singleElement()
                .asString()
                .startsWith("cut: the nodes of the pool in " + directory);
        assertThatThrownBy(() -> LocalWires.choose(options(FaultKind.CUT)))
                .hasMessageContaining("cannot do the fault 'cut'")
                .hasMessageContaining("--faults");
    }

    private DrillOptions options(FaultKind... faults) {
        return new DrillOptions(
                new LocalPlan("drill", 4, 2551, 8080),
                directory,
                Duration.ofMinutes(1),
                1,
                Duration.ofSeconds(1),
                List.of(faults),
                false);
    }
}
