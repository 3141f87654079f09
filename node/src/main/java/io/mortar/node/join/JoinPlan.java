package io.mortar.node.join;

import io.mortar.node.identity.NodeIdentity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a starting node knocks, and whether it may found a pool when nobody has one.
 *
 * @param self {@code host:port} of the node
 * @param doors where to knock: peers seen before, then configured seeds
 * @param founds whether the node makes a new pool when every door that answers is in none
 * @param metadataJournal id of the journal in which the node looks for the pool's metadata
 */
public record JoinPlan(String self, List<String> doors, boolean founds, String metadataJournal) {
    public JoinPlan {
        doors = List.copyOf(doors);
    }

    /**
     * @param seeds the configured seed nodes; the first of them founds the pool, any node without seeds founds its own
     * @param join nodes given to join; whoever has them never founds
     */
    public static JoinPlan of(
            NodeIdentity identity, String self, List<String> seeds, List<String> join, String metadataJournal) {
        Set<String> doors = new LinkedHashSet<>(identity.peers());
        doors.addAll(join);
        doors.addAll(seeds);
        doors.remove(self);
        boolean founds = identity.pool() == null
                && join.isEmpty()
                && (seeds.isEmpty() || seeds.get(0).equals(self));
        return new JoinPlan(self, List.copyOf(doors), founds, metadataJournal);
    }
}
