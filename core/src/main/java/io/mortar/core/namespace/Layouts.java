package io.mortar.core.namespace;

import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.LayoutChooser;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The layouts of a volume. Files share them: a layout is made only when no layout has the chosen bricks and one of these bricks is in
 * fewer than {@link #PER_BRICK_MAX} layouts. So each brick, also one that is added later, makes at most that many new ones, a volume of
 * {@code n} bricks has at most {@code 64 n} layouts, and replacing a brick never rewrites more rows. Exceptions are a choice
 * of which no known layout has all bricks up, rather one row more than no service, and files that are moved to other bricks.
 */
final class Layouts {
    static final int PER_BRICK_MAX = 64;

    /** Stands for the node of a brick that was detached, of which only the id is known. */
    private static final NodeName DETACHED = new NodeName("detached");

    private Layouts() {}

    /** The layout for {@code chosen}; a new one is added to {@code draft}. */
    static Layout place(Draft draft, LayoutChooser.Chosen chosen, RandomGenerator random) {
        NamespaceReader reader = draft.reader();
        OptionalLong known = reader.layoutOf(chosen.bricks(), chosen.replicaCount());
        if (known.isPresent()) {
            return reader.layout(known.getAsLong());
        }
        boolean mayGrow = chosen.bricks().stream()
                .anyMatch(brick -> reader.layoutsOf(brick, PER_BRICK_MAX).size() < PER_BRICK_MAX);
        if (!mayGrow) {
            Set<BrickId> staying = staying(draft.context());
            BrickId wanted = chosen.bricks().get(random.nextInt(chosen.bricks().size()));
            List<Layout> usable = reader.layoutsOf(wanted, Integer.MAX_VALUE).stream()
                    .map(reader::layout)
                    .filter(layout -> chosen.isServedBy(layout) && staying.containsAll(layout.bricks()))
                    .toList();
            if (!usable.isEmpty()) {
                return usable.get(random.nextInt(usable.size()));
            }
        }
        return with(draft, chosen.bricks(), chosen.replicaCount());
    }

    /** The layout with exactly these bricks; a new one is added to {@code draft} if there is none. */
    static Layout with(Draft draft, List<BrickId> bricks, int replicaCount) {
        OptionalLong known = draft.reader().layoutOf(bricks, replicaCount);
        if (known.isPresent()) {
            return draft.reader().layout(known.getAsLong());
        }
        Layout layout = new Layout(draft.counters().nextLayout(), 1, bricks, replicaCount);
        draft.addLayout(layout);
        return layout;
    }

    /** Bricks that new layouts may have, up or not. */
    private static Set<BrickId> staying(VolumeContext context) {
        return context.bricks().stream()
                .filter(brick -> !brick.leaving())
                .map(BrickState::id)
                .collect(Collectors.toSet());
    }

    /** Bricks of {@code layout} that take no chunks now. */
    static List<BrickId> unavailable(VolumeContext context, Layout layout) {
        return context.bricks().stream()
                .filter(brick -> !brick.accepting() && layout.bricks().contains(brick.id()))
                .map(BrickState::id)
                .toList();
    }

    /** Where the bricks of {@code layout} are, in order; for one that was detached from the volume a place that tells so. */
    static List<BrickLocation> locations(VolumeContext context, Layout layout) {
        Map<BrickId, BrickLocation> locations =
                context.bricks().stream().collect(Collectors.toMap(brick -> brick.id(), brick -> brick.location()));
        return layout.bricks().stream()
                .map(brick -> locations.getOrDefault(brick, detached(brick)))
                .toList();
    }

    private static BrickLocation detached(BrickId brick) {
        return new BrickLocation(DETACHED, "/" + brick);
    }
}
