package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Chooses the bricks of a new file: as many as the stripe count or as there are, on distinct machines first. Each is drawn in
 * proportion to its free space, so bricks of any sizes become full at about the same time.
 */
public final class LayoutChooser {
    private static final int NAMED_BRICKS_MAX = 8;

    private LayoutChooser() {}

    public sealed interface Choice permits Chosen, None {}

    /**
     * @param columns the bricks; the same set is always in the same order, neighbours on distinct machines where that is possible
     * @param fitting all bricks that the file's share would fit on: a layout of as many of these serves as well
     */
    public record Chosen(List<BrickId> columns, Set<BrickId> fitting) implements Choice {
        public Chosen {
            columns = List.copyOf(columns);
            fitting = Set.copyOf(fitting);
        }
    }

    /** No brick can be used: TOO_FEW_BRICKS, BRICK_DOWN or NO_SPACE. */
    public record None(Refusal refusal) implements Choice {}

    /**
     * Chooses for one file.
     *
     * @param bricks all bricks of the volume
     * @param sizeBytes of the file, -1 when unknown
     * @param seed random; decides between equally good choices
     */
    public static Choice choose(VolumeSpec spec, List<BrickState> bricks, long sizeBytes, long seed) {
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
        List<BrickState> fitting = fitting(spec, accepting, sizeBytes);
        if (fitting.isEmpty()) {
            return none(RefusalCode.NO_SPACE, noSpace(accepting, sizeBytes));
        }
        return new Chosen(
                draw(fitting, Math.min(spec.stripeCount(), fitting.size()), new SplittableRandom(seed)),
                fitting.stream().map(BrickState::id).collect(Collectors.toSet()));
    }

    /** Leaves out bricks that are too small for their share; with fewer bricks the share grows, so this repeats. */
    private static List<BrickState> fitting(VolumeSpec spec, List<BrickState> accepting, long sizeBytes) {
        List<BrickState> fitting = accepting;
        while (!fitting.isEmpty()) {
            long share = shareBytes(spec, Math.min(spec.stripeCount(), fitting.size()), sizeBytes);
            List<BrickState> left =
                    fitting.stream().filter(brick -> brick.freeBytes() >= share).toList();
            if (left.size() == fitting.size()) {
                return fitting;
            }
            fitting = left;
        }
        return fitting;
    }

    /** Most bytes that one of {@code width} columns gets; at least one chunk when the size is unknown. */
    private static long shareBytes(VolumeSpec spec, int width, long sizeBytes) {
        long unit = spec.stripeUnitBytes();
        if (sizeBytes < 0) {
            return unit;
        }
        long chunkCount = sizeBytes / unit + (sizeBytes % unit == 0 ? 0 : 1);
        long chunksPerColumn = (chunkCount + width - 1) / width;
        return Math.max(1, chunksPerColumn <= 1 ? Math.min(sizeBytes, unit) : chunksPerColumn * unit);
    }

    private static List<BrickId> draw(List<BrickState> fitting, int width, SplittableRandom random) {
        List<List<BrickState>> machines = byMachine(fitting);
        double[] weights = machines.stream()
                .mapToDouble(bricks ->
                        bricks.stream().mapToDouble(BrickState::freeBytes).sum())
                .toArray();
        int[] most = machines.stream()
                .mapToInt(bricks -> machines.size() >= width ? 1 : bricks.size())
                .toArray();
        int least = machines.size() <= width ? 1 : 0;
        int[] counts = ProportionalDraw.counts(weights, least, most, width, random.nextDouble());
        List<List<BrickId>> drawn = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            drawn.add(drawOnMachine(machines.get(i), counts[i], random));
        }
        return interleaved(drawn);
    }

    private static List<BrickId> drawOnMachine(List<BrickState> bricks, int count, SplittableRandom random) {
        double[] weights = bricks.stream().mapToDouble(BrickState::freeBytes).toArray();
        int[] most = bricks.stream().mapToInt(brick -> 1).toArray();
        int[] counts = ProportionalDraw.counts(weights, 0, most, count, random.nextDouble());
        List<BrickId> drawn = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                drawn.add(bricks.get(i).id());
            }
        }
        return drawn;
    }

    /** Machines by name, the bricks of each by directory: the order must not depend on the order of the argument. */
    private static List<List<BrickState>> byMachine(List<BrickState> bricks) {
        Map<NodeName, List<BrickState>> byMachine = new TreeMap<>();
        bricks.stream()
                .sorted(Comparator.comparing(brick -> brick.location().directory()))
                .forEach(brick -> byMachine
                        .computeIfAbsent(brick.location().node(), node -> new ArrayList<>())
                        .add(brick));
        return List.copyOf(byMachine.values());
    }

    /** The first brick of each machine, then the second of each, and so on. */
    private static List<BrickId> interleaved(List<List<BrickId>> byMachine) {
        List<BrickId> columns = new ArrayList<>();
        int most = byMachine.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < most; i++) {
            for (List<BrickId> bricks : byMachine) {
                if (i < bricks.size()) {
                    columns.add(bricks.get(i));
                }
            }
        }
        return columns;
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
