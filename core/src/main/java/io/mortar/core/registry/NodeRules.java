package io.mortar.core.registry;

import static io.mortar.core.registry.RegistryRules.accepted;
import static io.mortar.core.registry.RegistryRules.refused;

import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who may have which name. */
final class NodeRules {
    private NodeRules() {}

    static Decision register(RegistryState state, RegistryCommand.RegisterNode c, RegistryLimits limits) {
        Optional<RegisteredNode> holder = state.node(c.name());
        if (holder.isPresent() && !holder.get().id().equals(c.node())) {
            return refused(
                    RefusalCode.NAME_TAKEN,
                    "node " + c.node() + " at " + c.address() + " was not let in as '" + c.name()
                            + "': that name belongs to node " + holder.get().id() + " at "
                            + holder.get().address()
                            + "; start this node with another --name or, if that machine will not come back, run"
                            + " 'mortar pool forget " + c.name() + "' first");
        }
        Optional<RegisteredNode> known = state.node(c.node());
        if (known.isPresent() && !known.get().name().equals(c.name())) {
            return refused(
                    RefusalCode.NAME_TAKEN,
                    "node " + c.node() + " at " + c.address() + " was not let in as '" + c.name()
                            + "': this pool knows it as '" + known.get().name()
                            + "', and a node keeps its name; start it"
                            + " with --name " + known.get().name());
        }
        if (known.isEmpty() && state.nodes().size() >= limits.nodeCountMax()) {
            return refused(
                    RefusalCode.OVERLOADED,
                    "node '" + c.name() + "' was not let in: the pool has "
                            + state.nodes().size()
                            + " nodes, its limit; forget those that will not come back with 'mortar pool forget NODE'");
        }
        return known.isPresent() && known.get().address().equals(c.address())
                ? accepted()
                : accepted(new RegistryEvent.NodeRegistered(c.node(), c.name(), c.address()));
    }

    static Decision forget(RegistryState state, RegistryCommand.ForgetNode c) {
        Optional<RegisteredNode> found = state.node(c.name());
        if (found.isEmpty()) {
            return refused(
                    RefusalCode.NODE_NOT_FOUND,
                    "node '" + c.name() + "' was not forgotten: the pool has no such node; it has " + names(state));
        }
        RegisteredNode node = found.get();
        if (c.reachable().contains(node.id())) {
            return refused(
                    RefusalCode.NAME_TAKEN,
                    "node '" + c.name() + "' was not forgotten: it can be reached at " + node.address()
                            + "; stop it first");
        }
        List<VolumeName> owners = state.volumes().stream()
                .filter(v -> v.claimed().anyMatch(b -> b.node().equals(node.id())))
                .map(RegisteredVolume::name)
                .sorted()
                .toList();
        if (!owners.isEmpty()) {
            return refused(
                    RefusalCode.BRICK_IN_USE,
                    "node '" + c.name() + "' was not forgotten: it has bricks of " + quoted(owners)
                            + "; take them out with 'mortar volume remove-brick' or 'replace-brick', or delete what uses them;"
                            + " 'mortar volume info' shows the bricks");
        }
        return accepted(new RegistryEvent.NodeForgotten(node.id()));
    }

    /** The names of all nodes, for people. */
    static String names(RegistryState state) {
        return state.nodes().stream()
                .map(RegisteredNode::name)
                .sorted()
                .map(NodeName::value)
                .collect(Collectors.joining(", "));
    }

    private static String quoted(List<VolumeName> names) {
        return names.stream().map(n -> "volume '" + n + "'").collect(Collectors.joining(", "));
    }
}
