package io.mortar.core.layout;

import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of a volume's room files can still take. The copies of a chunk are on distinct machines, so a machine that has more room than
 * its share of all copies cannot use the rest: {@code X} bytes fit in {@code r} copies if the machines, none of which takes more than
 * {@code X}, hold {@code r X} together. That many can be reached, since {@link LayoutChooser} draws in proportion to free room and makes
 * stripes narrower as bricks fill; how nearly, {@code UsableSpaceTest} shows.
 */
public final class UsableSpace {
    private UsableSpace() {}

    /**
     * Bytes of files that the bricks still take, with as many copies as the volume has; with fewer, down to {@code copiesMin}, only as far
     * as machines are away. 0 if writes are refused.
     */
    public static long freeBytes(VolumeSpec spec, int copiesMin, List<BrickState> bricks) {
        Map<NodeName, Long> free = new TreeMap<>();
        for (BrickState brick : bricks) {
            if (brick.accepting() && brick.freeBytes() > 0) {
                free.merge(brick.location().node(), brick.freeBytes(), Long::sum);
            }
        }
        int copies = Math.min(spec.replicaCount(), free.size());
        long away = bricks.stream()
                .filter(brick -> !brick.accepting())
                .map(brick -> brick.location().node())
                .filter(machine -> !free.containsKey(machine))
                .distinct()
                .count();
        if (copies == 0 || copies < copiesMin || spec.replicaCount() - copies > away) {
            return 0;
        }
        return inCopies(free.values().stream().mapToLong(Long::longValue).toArray(), copies);
    }

    /**
     * The largest {@code X} with {@code sum(min(machine, X)) >= copies X}. In ascending order, if the {@code k} largest machines are above
     * {@code X}, it is the sum of the others divided by {@code copies - k}; the largest machines are cut off one by one until none is too
     * large for what is left.
     */
    private static long inCopies(long[] machines, int copies) {
        long[] ascending = machines.clone();
        Arrays.sort(ascending);
        long sum = Arrays.stream(ascending).sum();
        int left = copies;
        for (int i = ascending.length - 1; left > 1 && ascending[i] > sum / left; i--) {
            sum -= ascending[i];
            left--;
        }
        return sum / left;
    }
}
