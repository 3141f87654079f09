package io.mortar.cli.stub;

import com.typesafe.config.Config;
import io.mortar.cli.command.CommandTree;
import io.mortar.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One run of {@code mortar} in this JVM. */
public record Invocation(int exit, byte[] bytes, String err, List<Config> nodes) {
    public static Invocation of(String... arguments) {
        return with("", EnumSet.noneOf(Terminal.Stream.class), arguments);
    }

    /** @param input what standard input has */
    public static Invocation with(String input, Set<Terminal.Stream> interactive, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<Config> nodes = new ArrayList<>();
        Terminal terminal =
                new Terminal(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err, interactive);
        int exit = new CommandTree(terminal, config -> {
                    nodes.add(config);
                    return 0;
                })
                .run(arguments);
        return new Invocation(exit, out.toByteArray(), err.toString(StandardCharsets.UTF_8), nodes);
    }

    public String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
