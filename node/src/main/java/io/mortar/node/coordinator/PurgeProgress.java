package io.mortar.node.coordinator;

import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.pool.BrickId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which bricks confirmed which deletions that are not complete. Bounded and only in memory: what is forgotten is asked again, and
 * deleting twice is the same as once.
 */
final class PurgeProgress {
    private final Map<Long, Set<BrickId>> confirmed;

    PurgeProgress(int countMax) {
        this.confirmed = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Set<BrickId>> eldest) {
                return size() > countMax;
            }
        };
    }

    void confirm(DueDeletion deletion, BrickId brick) {
        confirmed.computeIfAbsent(deletion.sequence(), s -> new HashSet<>()).add(brick);
    }

    /** Bricks that still have to confirm {@code deletion}. */
    List<BrickId> missing(DueDeletion deletion) {
        Set<BrickId> done = confirmed.getOrDefault(deletion.sequence(), Set.of());
        return deletion.bricks().stream()
                .filter(brick -> !done.contains(brick))
                .distinct()
                .toList();
    }

    void forget(List<DueDeletion> deletions) {
        deletions.forEach(deletion -> confirmed.remove(deletion.sequence()));
    }
}
