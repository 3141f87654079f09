package io.mortar.cli.command;

import io.mortar.cli.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mortar completion}. */
@Command(
        name = "completion",
        header = "Print the completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(mortar completion)", "  mortar completion > /etc/bash_completion.d/mortar"})
final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.terminal().result(AutoComplete.bash("mortar", spec.root().commandLine()));
        return ExitCode.OK.value();
    }
}
