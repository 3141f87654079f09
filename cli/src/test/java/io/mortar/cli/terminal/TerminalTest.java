package io.mortar.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.cli.failure.CommandFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void only_a_clear_yes_confirms() {
        for (String yes : new String[] {"y\n", "Y\n", "yes\n", "yes"}) {
            assertThatCode(() -> typing(yes).confirm("Sure?", false)).doesNotThrowAnyException();
        }
        for (String no : new String[] {"\n", "n\n", "yep\n", ""}) {
            assertThatThrownBy(() -> typing(no).confirm("Sure?", false))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessage("Not done.");
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Sure? [y/N] ");
        assertThat(out.size()).isZero();
    }

    @Test
    void without_a_terminal_there_is_no_answer_and_nothing_is_done() {
        Terminal piped = new Terminal(input("y\n"), out, err, EnumSet.noneOf(Terminal.Stream.class));

        assertThatThrownBy(() -> piped.confirm("Delete it?", false)).hasMessageContaining("--yes");
        assertThatCode(() -> piped.confirm("Delete it?", true)).doesNotThrowAnyException();
    }

    @Test
    void results_are_utf_8_whatever_the_locale() {
        typing("").result("größe 文件");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("größe 文件" + System.lineSeparator());
    }

    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        Table table =
                new Table("NAME", ">SIZE", "WHERE").row("größe", "1", "bt1").row("a", "1000", "");

        assertThat(table.lines()).containsExactly("NAME   SIZE  WHERE", "größe     1  bt1", "a      1000");
    }

    private Terminal typing(String typed) {
        return new Terminal(input(typed), out, err, EnumSet.allOf(Terminal.Stream.class));
    }

    private static ByteArrayInputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
