package io.mortar.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.benchmarks.run.Options.Part;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void what_takes_long_is_measured_only_when_it_is_asked_for() {
        assertThat(parse().parts())
                .containsExactly(
                        Part.TRANSFER, Part.SMALL, Part.RANGES, Part.MEMORY, Part.METADATA, Part.REPLICA, Part.JOBS);
        assertThat(parse("--part", "files").parts()).containsExactly(Part.FILES);
    }

    @Test
    void quick_is_an_eighth_unless_a_size_is_given() {
        assertThat(parse().files()).isEqualTo(1_000_000);
        assertThat(parse("--quick").files()).isEqualTo(125_000);
        assertThat(parse("--quick", "--files", "10").files()).isEqualTo(10);
        assertThat(parse("--quick").scaled(40_000)).isEqualTo(5_000);
    }

    @Test
    void what_is_not_understood_is_refused() {
        assertThatThrownBy(() -> parse("--part", "none")).hasMessageContaining("unknown part 'none'");
        assertThatThrownBy(() -> parse("--files")).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> parse("--files", "many")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Options parse(String... arguments) {
        return Options.parse(Path.of("/top"), arguments);
    }
}
