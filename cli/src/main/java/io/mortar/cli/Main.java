package io.mortar.cli;

import io.mortar.cli.command.CommandTree;
import io.mortar.cli.node.NodeProcess;
import io.mortar.cli.terminal.Terminal;

/** Entry point of the {@code mortar} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandTree(Terminal.ofProcess(), NodeProcess::run).run(args));
    }
}
