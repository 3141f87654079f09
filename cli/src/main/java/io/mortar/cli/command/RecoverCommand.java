package io.mortar.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.security.auth.module.UnixSystem;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.node.identity.StartRefusedException;
import io.mortar.node.metadata.MetadataCopy;
import io.mortar.node.metadata.ReplicaRecovery;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mortar meta recover}: works on the data directory of a stopped node of this machine, and asks no node. */
@Command(
        name = "recover",
        header = "Go on with one node's copy of the metadata after most voters are lost for good.",
        description = {
            "Works on a stopped node, on its machine, as the user that the node runs as. First prints what its copy has and what may be lost.",
            "Without --unsafe nothing is changed: compare the copies of all nodes that are left that way, and recover on the"
                    + " one with the highest last term and, among those, the highest last entry.",
            "Do not use this while a majority of the voters can be brought back: start them instead, nothing is lost then.",
            "Afterwards no other node that has a copy may start with its old data directory again, be it lost or left. Nodes whose"
                    + " copy is empty, as this command says there, start as usual and keep their bricks."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo -u mortar mortar meta recover --data-dir /var/lib/mortar",
            "  sudo -u mortar mortar meta recover --unsafe --data-dir /var/lib/mortar"
        })
final class RecoverCommand implements Callable<Integer> {
    private static final String ADDRESS_PATTERN = ".+:\\d{1,5}";

    private final Session session;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            required = true,
            description = "The data directory of the stopped node.")
    private Path dataDir = Path.of("");

    @Option(names = "--unsafe", description = "Make this node the only voter, whatever the others had acknowledged.")
    private boolean unsafe;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "Where other nodes reach this one. Default: where they did so far.")
    private @Nullable String address;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    RecoverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (address != null && !address.matches(ADDRESS_PATTERN)) {
            throw CommandFailedException.usage("--address '" + address + "' is not HOST:PORT, such as bt1:2551");
        }
        NodeUser.require(dataDir, new UnixSystem().getUid(), asTyped());
        try (ReplicaRecovery recovery = ReplicaRecovery.open(dataDir)) {
            recover(recovery);
        } catch (StartRefusedException e) {
            throw CommandFailedException.failed("cannot recover the metadata: " + e.getMessage());
        }
        return ExitCode.OK.value();
    }

    private String asTyped() {
        return "mortar meta recover" + (unsafe ? " --unsafe" : "") + " --data-dir " + dataDir
                + (address == null ? "" : " --address " + address);
    }

    private void recover(ReplicaRecovery recovery) {
        MetadataCopy copy = recovery.copy();
        if (!copy.recoverable()) {
            throw CommandFailedException.failed("cannot recover the metadata of node " + recovery.node() + ": "
                    + copy.description() + " Recover on another node that is left.");
        }
        if (!session.json()) {
            session.terminal().result("Node " + recovery.node() + ": " + copy.description());
        } else if (!unsafe) {
            session.printJson(json(recovery, copy, false));
        }
        if (!unsafe) {
            throw CommandFailedException.failed("Nothing was changed. To go on with this copy alone, say --unsafe.");
        }
        String reached = address == null ? recovery.address().orElse(null) : address;
        if (reached == null) {
            throw CommandFailedException.usage("node " + recovery.node()
                    + " was no member, so its address is not known: say --address HOST:PORT, as in its --bind");
        }
        session.terminal()
                .confirm(
                        "Make node " + recovery.node() + " the only voter, and give up what only the others have?",
                        yes);
        MetadataCopy after = recovery.perform(reached);
        if (session.json()) {
            session.printJson(json(recovery, after, true));
        } else {
            printNext(recovery, reached);
        }
    }

    private void printNext(ReplicaRecovery recovery, String reached) {
        session.terminal().result("Node " + recovery.node() + " at " + reached + " is the only voter now. Next:");
        session.terminal().result("  1. Start it as usual, and see 'mortar meta status'.");
        session.terminal()
                .result(
                        "  2. Start the nodes whose copy is empty, as this command says there, as usual: they keep their bricks.");
        session.terminal()
                .result("  3. Have it forget every other voter and learner that is lost: mortar pool forget NAME.");
        session.terminal()
                .result(
                        "  4. Never start one of those, or another that has a copy, with its old data directory: move that away, and"
                                + " start the node anew, with --join. It gets a new identity, and a replica as soon as one is wanted.");
    }

    private static ObjectNode json(ReplicaRecovery recovery, MetadataCopy copy, boolean recovered) {
        ObjectNode json = Session.JSON.createObjectNode();
        json.put("node", recovery.node().value());
        json.put("recovered", recovered);
        json.put("term", copy.term());
        json.put("lastEntry", copy.lastEntry());
        json.put("lastTerm", copy.lastTerm());
        json.put("applied", copy.applied());
        ArrayNode members = json.putArray("members");
        for (MetadataCopy.Member member : copy.members()) {
            members.addObject()
                    .put("id", member.id())
                    .put("role", member.role())
                    .put("address", member.address());
        }
        return json;
    }
}
