package io.mortar.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands; on its own it prints the overview. */
@Command(
        name = "mortar",
        versionProvider = MortarVersion.class,
        mixinStandardHelpOptions = false,
        header = "Pools the free disk of several Linux machines into striped volumes.",
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        description = "Nouns and verbs go in either order: 'mortar volume create' is 'mortar create volume'.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mortar demo                    a pool of three nodes on this machine, to look at",
            "  mortar node start --name bt1   this machine's node, in the foreground",
            "  mortar volume create bt-vol stripe 3 bt1:/bt1 bt2:/bt2 bt3:/bt3",
            "  mortar volume start bt-vol",
            "  mortar put photo.jpg bt-vol:/photos/",
            "",
            "Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 degraded, 4 timed out or done in part."
        })
final class MortarCommand implements Runnable {
    @Mixin
    final GlobalOptions options;

    @Option(
            names = "--help",
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain this command and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    MortarCommand(Session session) {
        this.options = session.options();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
