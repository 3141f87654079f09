package io.mortar.client.report;

import io.mortar.core.health.Reason;
import io.mortar.core.health.ReasonCode;
import io.mortar.core.refusal.Refusal;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a pool. Pure. */
final class PoolReasons {
    private PoolReasons() {}

    /** A lost node is a warning: which files it takes along is said by their volumes. */
    static List<Reason> of(List<NodeStatus> nodes) {
        List<Reason> reasons = new ArrayList<>();
        for (NodeStatus node : nodes) {
            if (!node.reachable()) {
                reasons.add(Reason.warn(
                        ReasonCode.NODE_DOWN,
                        "node " + node.name() + " at " + node.address() + " cannot be reached; "
                                + (node.brickCount() == 0
                                        ? "it has no bricks: start it, or 'mortar pool forget " + node.name() + "'"
                                        : "start it; what its " + node.brickCount()
                                                + " brick(s) mean for files: 'mortar volume status'")));
            }
        }
        return reasons;
    }

    /** The registry refused with {@code refusal} to be asked. */
    static Reason unavailable(Refusal refusal, Origin origin) {
        return Reason.error(
                ReasonCode.METADATA_UNAVAILABLE,
                refusal.text()
                        + "; this is what the asked node sees itself, "
                        + (origin.known() == null
                                ? "and it has not heard of all nodes and volumes since its start"
                                : "with nodes and volumes as they were at " + origin.known()));
    }
}
