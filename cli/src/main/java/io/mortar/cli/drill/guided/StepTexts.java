package io.mortar.cli.drill.guided;

import io.mortar.cli.drill.fault.FaultKind;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What a person is told to do. Each command but that of a kill undoes what it does by itself, also when nobody looks after it any more. */
final class StepTexts {
    private static final int PAUSE_SECONDS = 8;
    private static final int CUT_SECONDS = 15;
    private static final int FULL_SECONDS = 20;
    private static final String UNIT = "(mortar@NAME where several nodes share the machine)";

    private StepTexts() {}

    static Step kill(PoolNode node, PoolSight sight) {
        return new Step(
                FaultKind.KILL,
                node.name(),
                List.of(
                        as(node) + "kill the node " + UNIT + ":",
                        "",
                        "  systemctl kill -s KILL mortar",
                        "",
                        "systemd starts it again. Without systemd: kill -9 its process, and start it again when the pool has noticed."),
                "killed with -9 and started again",
                () -> !sight.answers(node.name()),
                () -> sight.isAway(node.name()),
                "see that the node " + node.name() + " runs");
    }

    static Step pause(PoolNode node, PoolSight sight) {
        return new Step(
                FaultKind.PAUSE,
                node.name(),
                List.of(
                        as(node) + "freeze the node for " + PAUSE_SECONDS + " s " + UNIT + ":",
                        "",
                        "  systemctl kill -s STOP mortar; sleep " + PAUSE_SECONDS + "; systemctl kill -s CONT mortar",
                        "",
                        "Without systemd: kill -STOP and, " + PAUSE_SECONDS + " s later, kill -CONT its process."),
                "frozen",
                () -> !sight.answers(node.name()),
                () -> sight.isAway(node.name()),
                "see that the process of the node " + node.name() + " is not frozen (kill -CONT)");
    }

    /** @param ports of all nodes, for each other */
    static Step cut(PoolNode node, Set<String> ports, PoolSight sight) {
        String list = String.join(", ", ports);
        String drop = "tcp dport { " + list + " } drop; tcp sport { " + list + " } drop;";
        String rules = "-p tcp -m multiport --ports " + String.join(",", ports) + " -j DROP";
        return new Step(
                FaultKind.CUT,
                node.name(),
                List.of(
                        as(node) + "cut the node off from the others for " + CUT_SECONDS
                                + " s, not from clients; with nftables:",
                        "",
                        "  nft 'table inet mortar_drill { chain i { type filter hook input priority 0; " + drop
                                + " }; chain o { type filter hook output priority 0; " + drop + " }; }'; sleep "
                                + CUT_SECONDS + "; nft delete table inet mortar_drill",
                        "",
                        "or with iptables:",
                        "",
                        "  iptables -I INPUT " + rules + "; iptables -I OUTPUT " + rules + "; sleep " + CUT_SECONDS
                                + "; iptables -D INPUT " + rules + "; iptables -D OUTPUT " + rules),
                "cut off from the other nodes",
                () -> false,
                () -> sight.isAway(node.name()),
                "see that no rule of the drill is left on the machine of " + node.name()
                        + " (nft delete table inet mortar_drill, or iptables -D)");
    }

    static Step fill(PoolNode node, StepBook.Brick brick, PoolSight sight) {
        String directory = Shell.quoted(brick.directory());
        return new Step(
                FaultKind.FILL,
                node.name(),
                List.of(
                        as(node) + "fill the file system of " + brick.directory() + " for " + FULL_SECONDS
                                + " s, down to what Mortar leaves free there; skip this if something else needs the room:",
                        "",
                        "  F=\"$(findmnt -n -o TARGET -T " + directory
                                + ")/mortar-drill-filler\"; fallocate -l $(($(df --output=avail -B1 "
                                + directory + " | tail -n 1) - " + brick.reservedBytes() + ")) \"$F\" && sleep "
                                + FULL_SECONDS + "; rm -f \"$F\"",
                        ""),
                "its brick's file system was filled",
                () -> false,
                () -> sight.brickHealth(brick.name()).equals("FULL"),
                "see that no file mortar-drill-filler is left on the file system of " + brick.directory() + " on "
                        + node.name());
    }

    static Step corrupt(PoolNode node, String command, BooleanSupplier noticed) {
        return new Step(
                FaultKind.CORRUPT,
                node.name(),
                List.of(
                        as(node) + "flip a byte of a chunk file, which is one of the drill's own:",
                        "",
                        "  " + command,
                        "",
                        "It is read again and again from here until the pool finds the damage and mends it."),
                "a byte of a chunk file flipped",
                () -> false,
                noticed,
                "nothing has to be undone: a damaged chunk is mended when it is read or scrubbed");
    }

    private static String as(PoolNode node) {
        return "On " + node.name() + " (" + node.host() + "), as root, ";
    }
}
