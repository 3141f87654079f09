package io.mortar.node.coordinator;

import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.namespace.PartialDeletion;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Some due deletions: which bricks are to be told, and which deletions are complete. Not safe for use by several threads. */
final class PurgeRound {
    private final List<DueDeletion> deletions;
    private final Map<Long, Set<BrickId>> confirmed = new HashMap<>();
    private final List<Request> requests;
    private final Set<Request> silent;

    /** What one brick is asked at once: to delete dead contents, or to drop copies of living ones. */
    record Request(BrickId brick, boolean dead, List<DueDeletion> deletions) {}

    private record Asked(BrickId brick, boolean dead) {}

    /** @param isAvailable whether a brick can be told now */
    PurgeRound(List<DueDeletion> deletions, Predicate<BrickId> isAvailable) {
        this.deletions = List.copyOf(deletions);
        Map<Asked, List<DueDeletion>> asked = new LinkedHashMap<>();
        for (DueDeletion deletion : deletions) {
            for (BrickId brick : deletion.bricks()) {
                if (isAvailable.test(brick)) {
                    asked.computeIfAbsent(new Asked(brick, deletion.kept() == null), b -> new ArrayList<>())
                            .add(deletion);
                }
            }
        }
        this.requests = asked.entrySet().stream()
                .map(entry -> new Request(entry.getKey().brick(), entry.getKey().dead(), List.copyOf(entry.getValue())))
                .toList();
        this.silent = new LinkedHashSet<>(requests);
    }

    /** What is to be asked. */
    List<Request> requests() {
        return requests;
    }

    void confirm(Request request) {
        if (silent.remove(request)) {
            request.deletions()
                    .forEach(deletion -> confirmed
                            .computeIfAbsent(deletion.sequence(), s -> new HashSet<>())
                            .add(request.brick()));
        }
    }

    void fail(Request request) {
        silent.remove(request);
    }

    int size() {
        return deletions.size();
    }

    boolean isAnswered() {
        return silent.isEmpty();
    }

    /** What has not been answered. */
    List<Request> silent() {
        return List.copyOf(silent);
    }

    /** Deletions that all bricks confirmed. */
    List<DueDeletion> complete() {
        return deletions.stream().filter(this::isComplete).toList();
    }

    /** What some bricks confirmed of others. */
    List<PartialDeletion> partial() {
        return deletions.stream()
                .filter(deletion -> confirmed.containsKey(deletion.sequence()) && !isComplete(deletion))
                .map(deletion -> new PartialDeletion(deletion, confirmedBy(deletion)))
                .toList();
    }

    private boolean isComplete(DueDeletion deletion) {
        return confirmedBy(deletion).containsAll(deletion.bricks());
    }

    private Set<BrickId> confirmedBy(DueDeletion deletion) {
        return confirmed.getOrDefault(deletion.sequence(), Set.of());
    }
}
