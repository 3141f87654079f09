package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Chooses the bricks of a new file: as many columns as the stripe count or as there is room for, on distinct machines first, and in each
 * column as many copies as the volume has replicas, on distinct machines always. Bricks are drawn in proportion to their free space, so
 * that bricks of any sizes become full at about the same time. With few bricks the stripe becomes narrower before a copy is missing;
 * only when fewer machines take chunks than there are replicas, columns are filled up with bricks that do not.
 */
public final class LayoutChooser {
    private static final int NAMED_BRICKS_MAX = 8;

    private LayoutChooser() {}

    public sealed interface Choice permits Chosen, None {}

    /**
     * @param bricks column by column, as in {@link Layout}; the same set is in the same order as long as the same bricks accept
     * @param copies bricks of each column that the file's share fits on; the others do not accept
     * @param fitting all bricks that the file's share would fit on
     */
    public record Chosen(List<BrickId> bricks, int replicaCount, int copies, Set<BrickId> fitting) implements Choice {
        public Chosen {
            bricks = List.copyOf(bricks);
            fitting = Set.copyOf(fitting);
        }

        /** Whether {@code layout} is as good: as wide, and with as many copies in each column. */
        public boolean isServedBy(Layout layout) {
            if (layout.bricks().size() != bricks.size() || layout.replicaCount() != replicaCount) {
                return false;
            }
            for (int column = 0; column < layout.width(); column++) {
                if (layout.column(column).stream().filter(fitting::contains).count() < copies) {
                    return false;
                }
            }
            return true;
        }
    }

    /** No brick can be used: TOO_FEW_BRICKS, BRICK_DOWN or NO_SPACE. */
    public record None(Refusal refusal) implements Choice {}

    /** Bricks that the file's share fits on, and what can be made of them; nothing if {@code width} is 0. */
    private record Fit(List<BrickState> bricks, List<BrickState> spare, int width, int copies) {}

    /**
     * Chooses for one file.
     *
     * @param copiesMin copies of each chunk that must be stored at once, at most the volume's replicas
     * @param all all bricks of the volume; those that are leaving are not chosen, also not for a copy that is added later
     * @param sizeBytes of the file, -1 when unknown
     * @param seed random; decides between equally good choices
     */
    public static Choice choose(VolumeSpec spec, int copiesMin, List<BrickState> all, long sizeBytes, long seed) {
        List<BrickState> bricks = all.stream().filter(b -> !b.leaving()).toList();
        if (bricks.isEmpty()) {
            return none(RefusalCode.TOO_FEW_BRICKS, "the volume has no bricks; add bricks to it");
        }
        List<BrickState> accepting =
                bricks.stream().filter(BrickState::accepting).toList();
        if (accepting.isEmpty()) {
            return none(
                    RefusalCode.BRICK_DOWN,
                    "no brick of the volume takes new chunks: " + names(bricks)
                            + "; check the machines of these bricks, then try again");
        }
        List<BrickState> down = bricks.stream().filter(b -> !b.accepting()).toList();
        if (LayoutDraw.machineCount(accepting) < copiesMin) {
            return none(
                    RefusalCode.BRICK_DOWN,
                    copiesMin + " copies of each chunk must be stored, on as many machines (min-copies), and bricks of"
                            + " only " + LayoutDraw.machineCount(accepting) + " take new chunks; these do not: "
                            + names(down) + "; check the machines of these bricks, then try again");
        }
        Fit fit = fit(spec, accepting, down, sizeBytes);
        if (fit.width() == 0 || fit.copies() < copiesMin) {
            return none(RefusalCode.NO_SPACE, noSpace(accepting, sizeBytes));
        }
        return new Chosen(
                draw(spec, fit, new LayoutDraw(new SplittableRandom(seed))),
                spec.replicaCount(),
                fit.copies(),
                fit.bricks().stream().map(BrickState::id).collect(Collectors.toSet()));
    }

    /** Leaves out bricks that are too small for their share; with fewer bricks the share grows, so this repeats. */
    private static Fit fit(VolumeSpec spec, List<BrickState> accepting, List<BrickState> down, long sizeBytes) {
        Fit fit = shape(spec, accepting, down);
        while (fit.width() > 0) {
            long share = shareBytes(spec, fit.width(), sizeBytes);
            List<BrickState> left = fit.bricks().stream()
                    .filter(brick -> brick.freeBytes() >= share)
                    .toList();
            if (left.size() == fit.bricks().size()) {
                return fit;
            }
            fit = shape(spec, left, down);
        }
        return fit;
    }

    /** The widest stripe with all copies, or with as many as there are machines. */
    private static Fit shape(VolumeSpec spec, List<BrickState> fitting, List<BrickState> down) {
        int copies = Math.min(spec.replicaCount(), LayoutDraw.machineCount(fitting));
        if (copies == 0) {
            return new Fit(fitting, List.of(), 0, 0);
        }
        int lacking = spec.replicaCount() - copies;
        List<BrickState> spare = lacking == 0 ? List.of() : elsewhere(down, fitting);
        int width = Math.min(spec.stripeCount(), fitting.size() / copies);
        while (width > 0 && !(LayoutDraw.holds(fitting, width, copies) && LayoutDraw.holds(spare, width, lacking))) {
            width--;
        }
        return new Fit(fitting, spare, width, copies);
    }

    /** Those of {@code down} on machines that have none of {@code fitting}. */
    private static List<BrickState> elsewhere(List<BrickState> down, List<BrickState> fitting) {
        Set<NodeName> machines =
                fitting.stream().map(brick -> brick.location().node()).collect(Collectors.toSet());
        return down.stream()
                .filter(brick -> !machines.contains(brick.location().node()))
                .toList();
    }

    /** Most bytes that a brick of one of {@code width} columns gets; at least one chunk when the size is unknown. */
    private static long shareBytes(VolumeSpec spec, int width, long sizeBytes) {
        long unit = spec.stripeUnitBytes();
        if (sizeBytes < 0) {
            return unit;
        }
        long chunkCount = sizeBytes / unit + (sizeBytes % unit == 0 ? 0 : 1);
        long chunksPerColumn = (chunkCount + width - 1) / width;
        return Math.max(1, chunksPerColumn <= 1 ? Math.min(sizeBytes, unit) : chunksPerColumn * unit);
    }

    private static List<BrickId> draw(VolumeSpec spec, Fit fit, LayoutDraw draw) {
        if (spec.replicaCount() == 1) {
            return draw.plain(fit.bricks(), fit.width());
        }
        List<List<BrickId>> columns = draw.columns(fit.bricks(), fit.width(), fit.copies());
        int lacking = spec.replicaCount() - fit.copies();
        List<List<BrickId>> others = lacking == 0 ? List.of() : draw.columns(fit.spare(), fit.width(), lacking);
        List<BrickId> bricks = new ArrayList<>();
        for (int column = 0; column < fit.width(); column++) {
            bricks.addAll(columns.get(column));
            if (lacking > 0) {
                bricks.addAll(others.get(column));
            }
        }
        return bricks;
    }

    private static String noSpace(List<BrickState> accepting, long sizeBytes) {
        String free = accepting.stream()
                .limit(NAMED_BRICKS_MAX)
                .map(brick -> brick.location() + " has " + brick.freeBytes())
                .collect(Collectors.joining(", "));
        String more = accepting.size() > NAMED_BRICKS_MAX ? ", and others" : "";
        return (sizeBytes < 0 ? "a new file" : "a file of " + sizeBytes + " bytes")
                + " does not fit on the bricks that take new chunks; free bytes: " + free + more
                + "; delete files or add bricks";
    }

    private static String names(List<BrickState> bricks) {
        String names = bricks.stream()
                .limit(NAMED_BRICKS_MAX)
                .map(brick -> brick.location().toString())
                .collect(Collectors.joining(", "));
        return bricks.size() > NAMED_BRICKS_MAX ? names + " and others" : names;
    }

    private static None none(RefusalCode code, String text) {
        return new None(new Refusal(code, text));
    }
}
