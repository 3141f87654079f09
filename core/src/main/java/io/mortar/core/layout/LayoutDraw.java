package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws the bricks of a layout in proportion to their free space. There is a slot for every copy in every column; a machine gets at
 * most as many as there are columns, a brick at most one. Laid out machine by machine, slot {@code s} goes to column
 * {@code s mod width}: since the slots of a machine are neighbours and not more than the columns, no column has two of one machine.
 */
final class LayoutDraw {
    private final SplittableRandom random;

    LayoutDraw(SplittableRandom random) {
        this.random = random;
    }

    /** Whether {@code bricks} have room for {@code copies} on distinct machines in each of {@code width} columns. */
    static boolean holds(List<BrickState> bricks, int width, int copies) {
        long slots = byMachine(bricks).stream()
                .mapToInt(machine -> Math.min(width, machine.size()))
                .sum();
        return slots >= (long) width * copies;
    }

    static int machineCount(List<BrickState> bricks) {
        return (int)
                bricks.stream().map(brick -> brick.location().node()).distinct().count();
    }

    /** One brick per column, neighbours on distinct machines where that is possible. */
    List<BrickId> plain(List<BrickState> bricks, int width) {
        return interleaved(slots(bricks, width, width));
    }

    /** Columns of {@code copies} bricks on distinct machines; {@link #holds} must hold. */
    List<List<BrickId>> columns(List<BrickState> bricks, int width, int copies) {
        List<BrickId> slots = slots(bricks, width, width * copies).stream()
                .flatMap(List::stream)
                .toList();
        List<List<BrickId>> columns = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            List<BrickId> bricksOfColumn = new ArrayList<>();
            for (int slot = column; slot < slots.size(); slot += width) {
                bricksOfColumn.add(slots.get(slot));
            }
            columns.add(bricksOfColumn);
        }
        return columns;
    }

    /** What was drawn, by machine. */
    private List<List<BrickId>> slots(List<BrickState> bricks, int perMachineMax, int count) {
        List<List<BrickState>> machines = byMachine(bricks);
        double[] weights = machines.stream()
                .mapToDouble(machine ->
                        machine.stream().mapToDouble(LayoutDraw::weight).sum())
                .toArray();
        int[] most = machines.stream()
                .mapToInt(machine -> machines.size() >= count ? 1 : Math.min(perMachineMax, machine.size()))
                .toArray();
        int least = machines.size() <= count ? 1 : 0;
        int[] counts = ProportionalDraw.counts(weights, least, most, count, random.nextDouble());
        List<List<BrickId>> drawn = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            drawn.add(drawOnMachine(machines.get(i), counts[i]));
        }
        return drawn;
    }

    private List<BrickId> drawOnMachine(List<BrickState> bricks, int count) {
        double[] weights = bricks.stream().mapToDouble(LayoutDraw::weight).toArray();
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

    /** A brick that cannot be reached may have told of no room at all. */
    private static double weight(BrickState brick) {
        return Math.max(1, brick.freeBytes());
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
}
