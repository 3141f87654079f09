package io.mortar.cli.drill.guided;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.drill.load.ManualPace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A person, a node and a pool that do things at fixed times; time passes by pauses alone. */
class GuidedRoundTest {
    private final ManualPace pace = new ManualPace();
    private final TreeMap<Long, String> typed = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private long begunMillis = Long.MAX_VALUE;
    private long noticedMillis = Long.MAX_VALUE;
    private long wholeMillis = Long.MAX_VALUE;
    private final GuidedRound round = new GuidedRound(
            () -> millis() >= noticedMillis && millis() < wholeMillis ? "bt3 is away" : "",
            this::answer,
            pace,
            told::add);

    @Test
    void a_fault_is_noticed_without_a_word_and_timed_from_when_the_node_fell_silent() throws Exception {
        begunMillis = 20_000;
        noticedMillis = 23_500;
        wholeMillis = 31_000;

        assertThat(round.run(List.of(FaultKind.KILL), GuidedRoundTest.this::step))
                .containsExactly(new Injection(20_000, "kill", "bt3", "killed", 3_500, 11_000));
        assertThat(round.skipped()).isEmpty();
        assertThat(String.join("\n", told))
                .containsSubsequence(
                        "Fault 1 of 1, kill: bt3", "type this", "noticed it 3.5 s later", "All is as it should be");
    }

    @Test
    void without_another_sign_a_fault_is_timed_from_enter() throws Exception {
        typed.put(10_000L, "");
        noticedMillis = 12_000;
        wholeMillis = 15_000;

        assertThat(round.run(List.of(FaultKind.CORRUPT), this::step))
                .containsExactly(new Injection(10_000, "corrupt", "bt3", "killed", 2_000, 5_000));
    }

    @Test
    void what_nobody_notices_is_reported_as_that() throws Exception {
        typed.put(10_000L, "");

        List<Injection> done = round.run(List.of(FaultKind.FILL), this::step);

        assertThat(done).singleElement().satisfies(injection -> {
            assertThat(injection.what()).contains("not seen to notice");
            assertThat(injection.noticedAfterMillis()).isNegative();
            assertThat(injection.wholeAfterMillis()).isPositive();
        });
    }

    @Test
    void a_fault_is_skipped_and_the_next_one_goes_on() throws Exception {
        typed.put(1_000L, "s");
        begunMillis = 20_000;
        noticedMillis = 21_000;
        wholeMillis = 22_000;

        assertThat(round.run(List.of(FaultKind.FILL, FaultKind.KILL), this::step))
                .extracting(Injection::fault)
                .containsExactly("kill");
        assertThat(round.skipped()).containsExactly("fill: as you wished");
    }

    @Test
    void the_end_of_the_input_ends_the_drill_with_what_was_done() throws Exception {
        begunMillis = 1_000;
        noticedMillis = 2_000;
        typed.put(60_000L, Answers.QUIT);

        List<Injection> done = round.run(List.of(FaultKind.KILL, FaultKind.PAUSE), this::step);

        assertThat(done).singleElement().satisfies(injection -> {
            assertThat(injection.wholeAfterMillis()).isNegative();
            assertThat(injection.what()).contains("at the end of the drill: bt3 is away");
        });
        assertThat(round.skipped()).containsExactly("pause: the drill was ended before");
        assertThat(round.current()).isNull();
    }

    @Test
    void a_person_who_went_away_does_not_keep_the_load_running() throws Exception {
        assertThat(round.run(List.of(FaultKind.KILL, FaultKind.CUT), this::step))
                .isEmpty();
        assertThat(round.skipped())
                .containsExactly("kill: nobody did it within 15 minutes", "cut: the drill was ended before");
    }

    @Test
    void a_fault_that_this_pool_cannot_have_is_skipped_with_the_reason() throws Exception {
        List<Injection> done = round.run(List.of(FaultKind.CUT), kind -> {
            throw new ImpossibleStepException("the nodes share a machine");
        });

        assertThat(done).isEmpty();
        assertThat(round.skipped()).containsExactly("cut: the nodes share a machine");
        assertThat(told).anyMatch(line -> line.contains("skipped, the nodes share a machine"));
    }

    private Step step(FaultKind kind) {
        return new Step(
                kind,
                "bt3",
                List.of("type this"),
                "killed",
                () -> millis() >= begunMillis,
                () -> millis() >= noticedMillis,
                "see that it runs");
    }

    private @Nullable String answer() {
        Map.Entry<Long, String> first = typed.firstEntry();
        if (first == null || first.getKey() > millis()) {
            return null;
        }
        typed.remove(first.getKey());
        return first.getValue();
    }

    private long millis() {
        return pace.nanos() / 1_000_000;
    }
}
