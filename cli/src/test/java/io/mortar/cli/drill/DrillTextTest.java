package io.mortar.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.DrillReport.Verdict;
import io.mortar.cli.drill.load.Finding;
import io.mortar.cli.drill.load.LoadReport;
import io.mortar.cli.drill.load.Operation.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrillTextTest {
    private static final Injection KILLED = new Injection(10_000, "kill", "bt3", "killed with -9", 3_600, 7_200);
    private static final Injection NEVER_WHOLE = new Injection(20_000, "pause", "bt1", "frozen", -1, -1);

    @Test
    void all_went_well() {
        DrillReport report = report(load(4_100, 0, 0, 0), List.of(KILLED));

        assertThat(report.verdict()).isEqualTo(Verdict.OK);
        assertThat(String.join("\n", DrillText.lines(report)))
                .contains("OK: no acknowledged byte was lost or wrong", "4.1 s", "seed 17", "3 BRICK_DOWN")
                .contains("Skipped cut: one network.", "files lost: 0", "wrong bytes: 0");
        assertThat(DrillText.line(KILLED))
                .contains(
                        "10.0 s", "kill", "bt3: killed with -9; noticed after 3.6 s; all as it should be 7.2 s later");
    }

    @Test
    void a_long_wait_or_a_pool_that_stays_broken_is_a_warning() {
        assertThat(report(load(10_001, 0, 0, 0), List.of()).verdict()).isEqualTo(Verdict.WARN);
        assertThat(report(load(10_000, 0, 0, 0), List.of()).verdict()).isEqualTo(Verdict.OK);
        assertThat(report(load(0, 0, 0, 1), List.of()).verdict()).isEqualTo(Verdict.WARN);
        assertThat(report(load(0, 0, 0, 0), List.of(NEVER_WHOLE)).verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void one_lost_or_wrong_or_unread_file_is_an_error_and_is_named() throws Exception {
        DrillReport lost = report(load(0, 1, 0, 0), List.of(KILLED, NEVER_WHOLE));

        assertThat(lost.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(DrillText.lines(lost)).contains("  LOST c0/a/f1: it cannot be found");
        JsonNode json = new ObjectMapper().readTree(DrillText.json(lost));
        assertThat(json.path("verdict").asText()).isEqualTo("ERROR");
        assertThat(json.path("lost").asInt()).isEqualTo(1);
        assertThat(json.path("faults").get(0).path("wholeAfterMillis").asInt()).isEqualTo(7200);
        assertThat(json.path("faults").get(0).path("noticedAfterMillis").asInt())
                .isEqualTo(3600);
        assertThat(json.path("faults").get(1).path("wholeAfterMillis").isNull()).isTrue();
        assertThat(json.path("operations").path("put").path("longestMillis").isInt())
                .isTrue();
        assertThat(json.path("findings").get(0).asText()).contains("c0/a/f1");
        assertThat(report(load(0, 0, 1, 0), List.of()).verdict()).isEqualTo(Verdict.ERROR);
    }

    private static DrillReport report(LoadReport load, List<Injection> injections) {
        return new DrillReport(17, injections, List.of("cut: one network"), 30_000, load);
    }

    private static LoadReport load(long longestMillis, int lost, int unverified, int unanswered) {
        return new LoadReport(
                Map.of(Kind.PUT, new LoadReport.Line(12, longestMillis, 5_000)),
                Map.of("BRICK_DOWN", 3),
                lost == 0 ? List.of() : List.of(new Finding(Finding.Kind.LOST, "c0/a/f1", "it cannot be found")),
                lost,
                0,
                unanswered,
                new LoadReport.Volume(1000, 2000, 40, unverified));
    }
}
