package io.mortar.cli.command;

import com.typesafe.config.Config;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.node.NodeRunner;
import io.mortar.cli.rehearsal.NodeRehearsal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mortar node prepare}: the part of it that runs in Java. The launcher starts it in a JVM that archives its classes. */
@Command(
        name = "prepare",
        header = "Make nodes of this installation start in about half the time.",
        description = {
            "Runs a node for a few seconds in a temporary directory, on this machine only, and keeps an archive of the classes that it"
                    + " loaded (about 60 MB in the installation's directory 'cds').",
            "Run it once after installing, as the owner of the installation, and again after an update of Mortar or Java;"
                    + " an archive that does not fit is not used."
        },
        footerHeading = "%nExamples:%n",
        footer = "  sudo mortar node prepare")
final class PrepareCommand implements Callable<Integer> {
    /** In the directory, when the node has served: the launcher takes the archive only then. */
    private static final String SERVED = "served";

    private final Session session;
    private final NodeRunner runner;

    @Option(
            names = "--directory",
            hidden = true,
            paramLabel = "DIR",
            description = "Where the node keeps its data; given, and removed, by the launcher.")
    private @Nullable Path directory;

    PrepareCommand(Session session, NodeRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        Path scratch = directory;
        if (scratch == null) {
            throw CommandFailedException.usage("'node prepare' works only through the launcher, bin/mortar.");
        }
        new NodeRehearsal(runner, config(scratch), scratch.resolve("brick")).run();
        try {
            Files.createFile(scratch.resolve(SERVED));
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot write to " + scratch + ": " + e.getMessage());
        }
        if (session.json()) {
            session.printJson(Session.JSON.createObjectNode().put("prepared", true));
        } else {
            session.terminal().result("The next start of a node of this installation uses the archive.");
        }
        return 0;
    }

    private static Config config(Path scratch) {
        NodeConfig node = new NodeConfig();
        node.set("mortar.name", "rehearsal");
        node.setAddress("mortar.bind", freeAddress());
        node.setAddress("mortar.http", freeAddress());
        node.setDirectory("mortar.data-dir", scratch.resolve("data"));
        return node.over(null);
    }

    private static String freeAddress() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw CommandFailedException.failed("no free port on 127.0.0.1: " + e.getMessage());
        }
    }
}
