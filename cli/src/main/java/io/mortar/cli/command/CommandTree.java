package io.mortar.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.node.NodeRunner;
import io.mortar.cli.terminal.Terminal;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands of {@code mortar}, ready to be run once. */
public final class CommandTree {
    private final Session session;
    private final Terminal terminal;
    private final CommandLine root;

    /** @param node what {@code node start} runs */
    public CommandTree(Terminal terminal, NodeRunner node) {
        this.terminal = terminal;
        this.session = new Session(terminal);
        this.root = build(node);
    }

    /** Runs the command that {@code arguments} name and returns the exit code. */
    public int run(String... arguments) {
        return root.execute(WordOrder.canonical(arguments));
    }

    private CommandLine build(NodeRunner node) {
        CommandLine built = new CommandLine(new MortarCommand(session))
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new DrillCommand(session))
                .addSubcommand(new CommandLine(new NodeCommands.Group())
                        .addSubcommand(new NodeCommands.Start(session, node))
                        .addSubcommand(new PrepareCommand(session, node))
                        .addSubcommand(new NodeCommands.Status(session)))
                .addSubcommand(new CommandLine(new PoolCommands.Group())
                        .addSubcommand(new PoolCommands.Status(session))
                        .addSubcommand(new PoolCommands.ListNodes(session))
                        .addSubcommand(new PoolCommands.Forget(session)))
                .addSubcommand(new CommandLine(new MetaCommands.Group())
                        .addSubcommand(new MetaCommands.Status(session))
                        .addSubcommand(new MetaCommands.Transfer(session))
                        .addSubcommand(new RecoverCommand(session)))
                .addSubcommand(new CommandLine(new VolumeCommands.Group())
                        .addSubcommand(new VolumeCommands.Create(session))
                        .addSubcommand(new VolumeCommands.Start(session))
                        .addSubcommand(new VolumeCommands.Stop(session))
                        .addSubcommand(new VolumeCommands.Delete(session))
                        .addSubcommand(new BrickCommands.Add(session))
                        .addSubcommand(new RemoveBrickCommand(session))
                        .addSubcommand(new BrickCommands.Replace(session))
                        .addSubcommand(new SetCommand(session))
                        .addSubcommand(new VolumeViews.Info(session))
                        .addSubcommand(new VolumeViews.Status(session))
                        .addSubcommand(new VolumeViews.ListVolumes(session))
                        .addSubcommand(new QuotaCommand(session))
                        .addSubcommand(new HealCommands.Heal(session))
                        .addSubcommand(new VolumeJobCommands.Rebalance(session))
                        .addSubcommand(new VolumeJobCommands.Scrub(session)))
                .addSubcommand(jobs())
                .addSubcommand(new ListCommand(session))
                .addSubcommand(new FileCommands.Stat(session))
                .addSubcommand(new TransferCommands.Put(session))
                .addSubcommand(new TransferCommands.Get(session))
                .addSubcommand(new TransferCommands.Cat(session))
                .addSubcommand(new TransferCommands.Copy(session))
                .addSubcommand(new FileCommands.Move(session))
                .addSubcommand(new FileCommands.Remove(session))
                .addSubcommand(new FileCommands.MakeDirectory(session))
                .addSubcommand(new VolumeViews.DiskFree(session))
                .addSubcommand(new CompletionCommand(session));
        PrintWriter out = new PrintWriter(new OutputStreamWriter(terminal.bytesOut(), StandardCharsets.UTF_8), true);
        return built.setOut(out)
                .setErr(new PrintWriter(terminal.errors(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler((e, arguments) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failure(e));
    }

    private CommandLine jobs() {
        return new CommandLine(new JobCommands.Group())
                .addSubcommand(new JobCommands.ListJobs(session))
                .addSubcommand(new JobCommands.Show(session))
                .addSubcommand(new JobActions.Pause(session))
                .addSubcommand(new JobActions.Resume(session))
                .addSubcommand(new JobActions.Cancel(session))
                .addSubcommand(new JobActions.Retry(session))
                .addSubcommand(new JobActions.Limit(session))
                .addSubcommand(new JobCommands.Wait(session));
    }

    private int wrongUsage(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        report("USAGE", String.valueOf(e.getMessage()), ExitCode.USAGE);
        if (!session.json()) {
            UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr());
            terminal.note("See '" + command + " --help'.");
        }
        return ExitCode.USAGE.value();
    }

    private int failure(Exception e) {
        if (e instanceof CommandFailedException failed) {
            report(failed.code(), failed.text(), failed.exit());
            return failed.exit().value();
        }
        report("INTERNAL", "this is a bug in mortar: " + e, ExitCode.FAILED);
        e.printStackTrace(terminal.errors());
        return ExitCode.FAILED.value();
    }

    private void report(String code, String text, ExitCode exit) {
        if (session.json()) {
            ObjectNode json = Session.JSON.createObjectNode();
            json.put("code", code).put("detail", text).put("exit", exit.value());
            terminal.note(json.toString());
        } else {
            terminal.note("mortar: " + text);
        }
    }
}
