package io.mortar.cli.drill;

import io.mortar.cli.drill.fault.CutFault;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.local.LocalNetwork;
import io.mortar.cli.local.SeparateNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The network between the nodes of a pool on this machine; nodes are numbered from 0, as in {@link io.mortar.cli.drill.fault.Victims}. */
final class LocalWires implements CutFault.Wires {
    /** Under which the directory of a drill remembers its network. */
    static final String NETWORK = "network";

    private final SeparateNetworks networks;
    private final int nodeCount;

    LocalWires(SeparateNetworks networks, int nodeCount) {
        this.networks = networks;
        this.nodeCount = nodeCount;
    }

    /**
     * Where the nodes of a drill have their addresses.
     *
     * @param skipped that the network cannot be cut, and why, if it was not asked for expressly
     */
    record Choice(LocalNetwork network, List<String> skipped) {}

    /** A network that can be cut, if that is wanted and possible; a pool that was kept has its addresses of before. */
    static Choice choose(DrillOptions options) {
        boolean wanted = options.faults().contains(FaultKind.CUT);
        Path directory = options.directory();
        Optional<String> kept = directory == null
                ? Optional.empty()
                : LocalDirectory.recall(options.plan().purpose(), directory, NETWORK, LocalNetwork.LOOPBACK.name());
        boolean keptOnLoopback =
                kept.filter(LocalNetwork.LOOPBACK.name()::equals).isPresent();
        if (kept.isEmpty() && !wanted && !options.faults().isEmpty()) {
            return new Choice(LocalNetwork.LOOPBACK, List.of());
        }
        int nodeCount = options.plan().nodeCount();
        String reason;
        try {
            if (!keptOnLoopback) {
                return new Choice(
                        kept.isPresent()
                                ? SeparateNetworks.make(nodeCount, kept.get())
                                : SeparateNetworks.make(nodeCount),
                        List.of());
            }
            reason = "the nodes of the pool in " + directory + " share one network";
        } catch (IOException e) {
            reason = "a network of its own for each node takes root and the 'ip' command (" + e.getMessage() + ")";
            if (kept.isPresent()) {
                throw CommandFailedException.failed("cannot start the pool in " + directory + ": " + reason
                        + ".\nRun it as root, or name another directory with --dir.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.incomplete("interrupted before anything was started");
        }
        if (wanted) {
            throw CommandFailedException.failed("cannot do the fault 'cut': " + reason
                    + ".\nRun it as root in a new directory, or leave 'cut' out of --faults.");
        }
        boolean asked = options.faults().isEmpty();
        return new Choice(LocalNetwork.LOOPBACK, asked ? List.of("cut: " + reason) : List.of());
    }

    @Override
    public void cut(int node) throws IOException, InterruptedException {
        for (int other = 0; other < nodeCount; other++) {
            if (other != node) {
                networks.cut(node + 1, other + 1);
                networks.cut(other + 1, node + 1);
            }
        }
    }

    @Override
    public void mend(int node) throws IOException, InterruptedException {
        for (int other = 0; other < nodeCount; other++) {
            if (other != node) {
                networks.mend(node + 1, other + 1);
                networks.mend(other + 1, node + 1);
            }
        }
    }
}
