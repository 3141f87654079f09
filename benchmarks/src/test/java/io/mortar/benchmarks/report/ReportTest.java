package io.mortar.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.benchmarks.report.Figure.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void the_median_is_the_middle_or_the_mean_of_the_middle_two() {
        assertThat(samples(5, 1, 9).median()).isEqualTo(5);
        assertThat(samples(4, 1, 9, 2).median()).isEqualTo(3);
        assertThat(samples().median()).isNaN();
    }

    @Test
    void a_ratio_below_its_bound_is_a_miss_and_is_said_so() {
        Report report = new Report();
        report.add(new Figure("PUT", "mortar", "MiB/s", samples(300), Target.ratioAtLeast(0.35)));
        report.add(new Figure("PUT", "nginx", "MiB/s", samples(1000), null));

        assertThat(report.allMet()).isFalse();
        assertThat(report.comparison()).contains("0.30", ">= 0.35 x", "MISS");
    }

    @Test
    void bounds_on_the_figure_itself_do_not_need_a_peer() {
        Report report = new Report();
        report.add(new Figure("CPU", "mortar", "s/GiB", samples(2.9), Target.atMost(3)));
        report.add(new Figure("files", "mortar", "1/s", samples(1500), Target.atLeast(1500)));

        assertThat(report.allMet()).isTrue();
    }

    @Test
    void a_figure_that_could_not_be_measured_misses_its_target() {
        Report report = new Report();
        report.add(new Figure("CPU", "mortar", "s/GiB", samples(), Target.atMost(3)));

        assertThat(report.allMet()).isFalse();
    }

    @Test
    void the_json_has_every_sample_and_escapes_text() {
        Report report = new Report();
        report.add(new Figure("a \"b\"\n", "mortar", "s", samples(1, Double.NaN), Target.atMost(3)));

        assertThat(report.json(Map.of("cpu", "x\\y")))
                .isEqualTo("{\"machine\":{\"cpu\":\"x\\\\y\"},\"figures\":[{\"name\":\"a \\\"b\\\"\\u000a\","
                        + "\"server\":\"mortar\",\"unit\":\"s\",\"median\":null,\"samples\":[1.0,null],"
                        + "\"target\":\"<= 3.00\",\"met\":false}]}");
    }

    private static Samples samples(double... values) {
        Samples samples = new Samples();
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }
}
