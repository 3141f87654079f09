package io.mortar.node.coordinator;

import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.pool.BrickId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which bricks confirmed which deletions that are not complete. What was confirmed for one layout that is kept says nothing of another:
 * the file was moved since, perhaps to that brick. Bounded and only in memory: what is forgotten is asked again, and
 * deleting twice is the same as once.
 */
final class PurgeProgress {
    private final Map<Key, Set<BrickId>> confirmed;

    /** @param keptLayout 0 if nothing is kept */
    private record Key(long sequence, long keptLayout) {
        static Key of(DueDeletion deletion) {
            Layout kept = deletion.kept();
            return new Key(deletion.sequence(), kept == null ? 0 : kept.id());
        }
    }

    PurgeProgress(int countMax) {
        this.confirmed = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Set<BrickId>> eldest) {
                return size() > countMax;
            }
        };
    }

    void confirm(DueDeletion deletion, BrickId brick) {
        confirmed.computeIfAbsent(Key.of(deletion), s -> new HashSet<>()).add(brick);
    }

    /** Bricks that still have to confirm {@code deletion}. */
    List<BrickId> missing(DueDeletion deletion) {
        Set<BrickId> done = confirmed.getOrDefault(Key.of(deletion), Set.of());
        return deletion.bricks().stream()
                .filter(brick -> !done.contains(brick))
                .distinct()
                .toList();
    }

    void forget(List<DueDeletion> deletions) {
        deletions.forEach(deletion -> confirmed.remove(Key.of(deletion)));
    }
}
