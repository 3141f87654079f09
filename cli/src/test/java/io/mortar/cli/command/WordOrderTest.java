package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordOrderTest {
    @Test
    void a_verb_before_a_noun_goes_behind_it() {
        assertThat(canonical("create volume v bt1:/a")).isEqualTo("volume create v bt1:/a");
        assertThat(canonical("start volume X")).isEqualTo("volume start X");
        assertThat(canonical("list pool")).isEqualTo("pool list");
        assertThat(canonical("wait job --for 1m v/7")).isEqualTo("job wait --for 1m v/7");
        assertThat(canonical("start node --name bt1")).isEqualTo("node start --name bt1");
    }

    @Test
    void options_and_their_values_stay_where_they_are() {
        assertThat(canonical("--json create --node list volume v")).isEqualTo("--json volume --node list create v");
        assertThat(canonical("--node=pool list volume")).isEqualTo("--node=pool volume list");
    }

    @Test
    void names_that_happen_to_be_words_are_left_alone() {
        assertThat(canonical("volume start volume")).isEqualTo("volume start volume");
        assertThat(canonical("ls list volume")).isEqualTo("ls list volume");
        assertThat(canonical("list")).isEqualTo("list");
        assertThat(canonical("")).isEqualTo("");
    }

    @Test
    void help_before_a_command_asks_for_its_help() {
        assertThat(canonical("help volume create")).isEqualTo("volume create --help");
        assertThat(canonical("help create volume")).isEqualTo("volume create --help");
        assertThat(canonical("help")).isEqualTo("--help");
    }

    private static String canonical(String line) {
        return String.join(" ", WordOrder.canonical(line.isEmpty() ? new String[0] : line.split(" ")));
    }
}
