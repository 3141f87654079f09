package io.mortar.node.coordinator;

import io.mortar.core.namespace.RowChange;
import java.util.List;

/**
 * The one event of a volume: the rows after a batch of requests, absolute. It is applied without knowing any rule, so replicas of
 * different versions cannot diverge and applying it twice is the same as once.
 *
 * @param changes at most one per key; none for a checkpoint
 */
record NamespaceBatch(List<RowChange> changes) {
    /**
     * An event that changes nothing. Akka saves a snapshot after an event is durable but before the rows of that event are applied,
     * and replay begins behind the snapshot: so snapshots are only ever taken at events whose rows need no applying.
     * {@code RecoveryTest} guards this.
     */
    static final NamespaceBatch CHECKPOINT = new NamespaceBatch(List.of());

    NamespaceBatch {
        changes = List.copyOf(changes);
    }
}
