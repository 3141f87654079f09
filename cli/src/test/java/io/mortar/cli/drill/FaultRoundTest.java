package io.mortar.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.fault.Fault;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.drill.load.ManualPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultRoundTest {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final ManualPace pace = new ManualPace();
    private final List<Integer> struck = new ArrayList<>();
    private long brokenUntilMillis;

    @Test
    void every_kind_gets_its_turn_and_never_twice_the_same_node() throws Exception {
        List<Injection> done = run(Duration.ofMinutes(5), 1_000);

        assertThat(done).hasSize(29);
        assertThat(done).extracting(Injection::fault).startsWith("kill", "pause", "kill", "pause");
        assertThat(struck).contains(0, 1, 2, 3);
        for (int i = 1; i < struck.size(); i++) {
            assertThat(struck.get(i)).isNotEqualTo(struck.get(i - 1));
        }
    }

    @Test
    void nothing_is_done_before_the_pool_is_whole_again() throws Exception {
        List<Injection> done = run(Duration.ofMinutes(2), 25_000);

        for (int i = 1; i < done.size(); i++) {
            assertThat(done.get(i).atMillis() - done.get(i - 1).atMillis()).isBetween(25_000L, 25_500L);
        }
        assertThat(done)
                .allSatisfy(
                        injection -> assertThat(injection.wholeAfterMillis()).isBetween(25_000L, 25_500L));
    }

    @Test
    void a_pool_that_stays_broken_is_not_hurt_again_and_the_complaint_is_told() throws Exception {
        List<Injection> done = run(Duration.ofMinutes(5), 1_000_000);

        assertThat(done).hasSize(1);
        assertThat(done.get(0).wholeAfterMillis()).isNegative();
        assertThat(done.get(0).what()).contains("60 s later still: bt1 is gone");
    }

    @Test
    void the_same_seed_hurts_the_same_nodes() throws Exception {
        run(Duration.ofMinutes(2), 0);
        List<Integer> first = List.copyOf(struck);
        struck.clear();
        run(Duration.ofMinutes(2), 0);

        assertThat(struck).isEqualTo(first);
    }

    private List<Injection> run(Duration length, long brokenMillis) throws Exception {
        List<Fault> faults = List.of(fault(FaultKind.KILL, brokenMillis), fault(FaultKind.PAUSE, brokenMillis));
        FaultRound round = new FaultRound(
                faults,
                4,
                node -> "bt" + (node + 1),
                () -> pace.nanos() / 1_000_000 < brokenUntilMillis ? "bt1 is gone" : "",
                pace,
                Duration.ofMinutes(1));
        return round.run(length, EVERY, 5, injection -> {});
    }

    private Fault fault(FaultKind kind, long brokenMillis) {
        return new Fault() {
            @Override
            public FaultKind kind() {
                return kind;
            }

            @Override
            public String strike(int node) {
                struck.add(node);
                brokenUntilMillis = pace.nanos() / 1_000_000 + brokenMillis;
                return "done";
            }
        };
    }
}
