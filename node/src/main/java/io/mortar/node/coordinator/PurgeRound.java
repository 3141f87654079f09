package io.mortar.node.coordinator;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Some due deletions: which bricks are to be told, and which deletions are complete. Not safe for use by several threads. */
final class PurgeRound {
    private final List<DueDeletion> deletions;
    private final PurgeProgress progress;
    private final Map<BrickId, List<DueDeletion>> requests = new LinkedHashMap<>();
    private final Set<BrickId> silent;

    /**
     * @param progress what bricks confirmed before; takes what they confirm in this round
     * @param isAvailable whether a brick can be told now
     */
    PurgeRound(List<DueDeletion> deletions, PurgeProgress progress, Predicate<BrickId> isAvailable) {
        this.deletions = List.copyOf(deletions);
        this.progress = progress;
        for (DueDeletion deletion : deletions) {
            for (BrickId brick : progress.missing(deletion)) {
                if (isAvailable.test(brick)) {
                    requests.computeIfAbsent(brick, b -> new ArrayList<>()).add(deletion);
                }
            }
        }
        this.silent = new HashSet<>(requests.keySet());
    }

    /** The contents that each brick is to delete. */
    Map<BrickId, List<FileVersion>> requests() {
        Map<BrickId, List<FileVersion>> versions = new LinkedHashMap<>();
        requests.forEach((brick, list) ->
                versions.put(brick, list.stream().map(DueDeletion::version).toList()));
        return versions;
    }

    void confirm(BrickId brick) {
        if (silent.remove(brick)) {
            requests.getOrDefault(brick, List.of()).forEach(deletion -> progress.confirm(deletion, brick));
        }
    }

    void fail(BrickId brick) {
        silent.remove(brick);
    }

    int size() {
        return deletions.size();
    }

    boolean isAnswered() {
        return silent.isEmpty();
    }

    /** Bricks that have not answered. */
    Set<BrickId> silent() {
        return Set.copyOf(silent);
    }

    /** Deletions that all bricks confirmed, in this round or before. */
    List<DueDeletion> complete() {
        return deletions.stream()
                .filter(deletion -> progress.missing(deletion).isEmpty())
                .toList();
    }
}
