package io.mortar.node.brick;

import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.brick.BrickEntry.Active;
import io.mortar.node.brick.BrickEntry.Planned;
import io.mortar.node.brick.BrickEntry.Quarantined;
import io.mortar.node.brick.BrickEntry.Releasing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All bricks of a node. The only mutator is {@link #evolve}. */
record BrickList(Map<BrickId, BrickEntry> entries) {
    static final BrickList EMPTY = new BrickList(Map.of());

    BrickList {
        entries = Map.copyOf(entries);
    }

    Optional<BrickEntry> find(BrickId brick) {
        return Optional.ofNullable(entries.get(brick));
    }

    /** Plans of all bricks but one, in a stable order. */
    List<BrickPlan> othersThan(BrickId brick) {
        Map<String, BrickPlan> sorted = new TreeMap<>();
        entries.values().forEach(e -> sorted.put(e.plan().brick().toString(), e.plan()));
        sorted.remove(brick.toString());
        return List.copyOf(sorted.values());
    }

    /** Why {@code plan} cannot be carried out, as far as the list tells. */
    Optional<Refusal> refusalOf(BrickPlan plan) {
        BrickEntry entry = entries.get(plan.brick());
        if (entry != null && !entry.plan().equals(plan)) {
            return refusal(
                    RefusalCode.BRICK_IN_USE,
                    "brick " + plan.brick() + " is " + entry.plan().directory()
                            + " of volume " + entry.plan().volume() + " already and cannot become " + plan.directory()
                            + " of volume "
                            + plan.volume());
        }
        if (entry instanceof Releasing) {
            return refusal(
                    RefusalCode.BRICK_IN_USE,
                    "directory " + plan.directory() + " is being released; try again when that is done");
        }
        if (entry instanceof Quarantined quarantined) {
            return refusal(
                    RefusalCode.INTERNAL,
                    "brick " + plan.brick() + " in " + plan.directory() + " is quarantined: " + quarantined.reason());
        }
        return entries.values().stream()
                .map(BrickEntry::plan)
                .filter(other -> !other.pool().equals(plan.pool()))
                .findFirst()
                .flatMap(other -> refusal(
                        RefusalCode.WRONG_POOL,
                        "directory " + plan.directory() + " cannot be a brick of pool " + plan.pool()
                                + ": this node has bricks of pool " + other.pool()));
    }

    private static Optional<Refusal> refusal(RefusalCode code, String text) {
        return Optional.of(new Refusal(code, text));
    }

    BrickList evolve(BrickEvent event) {
        if (event instanceof BrickEvent.BrickPlanned planned) {
            require(!entries.containsKey(planned.plan().brick()), event);
            return with(new Planned(planned.plan()));
        }
        if (event instanceof BrickEvent.BrickAdded added) {
            require(get(added.identity().plan().brick(), event) instanceof Planned, event);
            return with(new Active(added.identity()));
        }
        if (event instanceof BrickEvent.BrickQuarantined quarantined) {
            require(get(quarantined.brick(), event) instanceof Active, event);
            Active active = (Active) get(quarantined.brick(), event);
            return with(new Quarantined(active.identity(), quarantined.reason()));
        }
        if (event instanceof BrickEvent.BrickReinstated reinstated) {
            require(get(reinstated.brick(), event) instanceof Quarantined, event);
            return with(new Active(((Quarantined) get(reinstated.brick(), event)).identity()));
        }
        if (event instanceof BrickEvent.BrickReleasing releasing) {
            BrickEntry entry = get(releasing.brick(), event);
            require(!(entry instanceof Releasing), event);
            return with(new Releasing(entry.plan()));
        }
        if (event instanceof BrickEvent.BrickReleased released) {
            get(released.brick(), event);
            Map<BrickId, BrickEntry> left = new HashMap<>(entries);
            left.remove(released.brick());
            return new BrickList(left);
        }
        throw new AssertionError("unhandled " + event);
    }

    private BrickList with(BrickEntry entry) {
        Map<BrickId, BrickEntry> changed = new HashMap<>(entries);
        changed.put(entry.plan().brick(), entry);
        return new BrickList(changed);
    }

    private BrickEntry get(BrickId brick, BrickEvent event) {
        return find(brick).orElseThrow(() -> new AssertionError(event + " for a brick that is not in " + this));
    }

    private void require(boolean possible, BrickEvent event) {
        if (!possible) {
            throw new AssertionError(event + " cannot follow " + this);
        }
    }
}
