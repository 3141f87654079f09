package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says which bricks a file should be on instead of those that it is on. The width of its stripe stays, so that only those columns have to
 * be copied whose brick changes; when fewer bricks are left than the file has columns, one brick has several of its columns.
 *
 * <p>A brick for a column is never on the machine of another copy of it. Among those that fit, machines and bricks that have nothing of
 * the file come first, and then they are drawn in proportion to their room.
 */
public final class Relocator {
    /** Files of one layout go to at most so many others: more would even out better, and make more rows. */
    private static final int VARIANTS = 8;

    private final BrickRoom room;

    /** @param room is taken from as files are placed */
    public Relocator(BrickRoom room) {
        this.room = room;
    }

    /** A file to be placed anew. */
    public record File(Striping striping, long inode, long sizeBytes) {
        Layout layout() {
            return striping.layout();
        }

        long columnBytes(int column) {
            return striping.columnBytes(column, sizeBytes);
        }

        /** Bytes that {@code move} has copied. */
        public long bytesToCopy(Relocation.Move move) {
            Layout to = new Layout(layout().id(), 1, move.bricks(), move.replicaCount());
            long bytes = 0;
            for (int column = 0; column < to.width(); column++) {
                List<BrickId> sources = layout().column(column);
                long targets = to.column(column).stream()
                        .filter(brick -> !sources.contains(brick))
                        .count();
                bytes += targets * columnBytes(column);
            }
            return bytes;
        }

        private SplittableRandom random() {
            return new SplittableRandom(31 * layout().id() + inode % VARIANTS);
        }
    }

    /** Takes the file off {@code leaving}; a brick with a successor goes there if it can. */
    public Relocation vacate(File file, Set<BrickId> leaving) {
        Layout layout = file.layout();
        if (Collections.disjoint(layout.bricks(), leaving)) {
            return new Relocation.Stay();
        }
        SplittableRandom random = file.random();
        List<BrickId> bricks = new ArrayList<>(layout.bricks());
        Map<BrickId, Long> taken = new HashMap<>();
        for (int i = 0; i < bricks.size(); i++) {
            if (leaving.contains(bricks.get(i))) {
                int column = i / layout.replicaCount();
                List<BrickId> copies = new ArrayList<>(columnOf(bricks, layout.replicaCount(), column));
                copies.removeAll(leaving);
                BrickId successor = successor(bricks.get(i));
                BrickId next = choose(bricks, copies, leaving, successor, file.columnBytes(column), random);
                if (next == null) {
                    return stuck(file, column, taken);
                }
                take(next, file.columnBytes(column), taken);
                bricks.set(i, next);
            }
        }
        return new Relocation.Move(bricks, layout.replicaCount());
    }

    /** Gives each column {@code replicaCount} copies; those on bricks that do not answer or are leaving go first. */
    public Relocation reshape(File file, int replicaCount) {
        Layout layout = file.layout();
        if (layout.replicaCount() == replicaCount) {
            return new Relocation.Stay();
        }
        SplittableRandom random = file.random();
        List<BrickId> bricks = new ArrayList<>(layout.bricks());
        List<BrickId> shaped = new ArrayList<>();
        Map<BrickId, Long> taken = new HashMap<>();
        for (int column = 0; column < layout.width(); column++) {
            List<BrickId> copies = new ArrayList<>(layout.column(column));
            copies.sort(Comparator.comparingInt(this::worth).reversed());
            while (copies.size() > replicaCount) {
                copies.remove(copies.size() - 1);
            }
            while (copies.size() < replicaCount) {
                BrickId next = choose(bricks, copies, Set.of(), null, file.columnBytes(column), random);
                if (next == null) {
                    return stuck(file, column, taken);
                }
                take(next, file.columnBytes(column), taken);
                copies.add(next);
                bricks.add(next);
            }
            shaped.addAll(copies);
        }
        return new Relocation.Move(shaped, replicaCount);
    }

    /**
     * Moves columns from bricks with a surplus to those that lack something, and columns apart that share a brick.
     *
     * @param surpluses bytes that each brick is to give away, or to get if negative; changed by what is moved
     */
    public Relocation balance(File file, Map<BrickId, Long> surpluses) {
        Layout layout = file.layout();
        List<BrickId> bricks = new ArrayList<>(layout.bricks());
        for (int i = 0; i < bricks.size(); i++) {
            BrickId from = bricks.get(i);
            int column = i / layout.replicaCount();
            long bytes = file.columnBytes(column);
            boolean isShared = Collections.frequency(bricks, from) > 1;
            if (bytes > 0 && (isShared || surpluses.getOrDefault(from, 0L) * 2 > bytes)) {
                BrickId to = taker(bricks, i, layout.replicaCount(), bytes, surpluses);
                if (to != null) {
                    surpluses.merge(from, -bytes, Long::sum);
                    surpluses.merge(to, bytes, Long::sum);
                    room.take(to, bytes);
                    bricks.set(i, to);
                }
            }
        }
        return bricks.equals(layout.bricks())
                ? new Relocation.Stay()
                : new Relocation.Move(bricks, layout.replicaCount());
    }

    /** The brick that lacks most, if taking {@code bytes} brings it nearer to what it should have. */
    private @Nullable BrickId taker(
            List<BrickId> bricks, int position, int replicaCount, long bytes, Map<BrickId, Long> surpluses) {
        List<BrickId> copies = new ArrayList<>(columnOf(bricks, replicaCount, position / replicaCount));
        copies.remove(bricks.get(position));
        ToLongFunction<BrickState> surplus = brick -> surpluses.getOrDefault(brick.id(), 0L);
        return room.bricks().stream()
                .filter(brick -> room.fits(brick, bytes)
                        && !bricks.contains(brick.id())
                        && surplus.applyAsLong(brick) * 2 <= -bytes
                        && room.isOnOtherMachine(brick, copies))
                .min(Comparator.comparingLong(surplus).thenComparing(BrickState::id, Relocator::compare))
                .map(BrickState::id)
                .orElse(null);
    }

    private @Nullable BrickId choose(
            List<BrickId> bricks,
            List<BrickId> copies,
            Set<BrickId> unwanted,
            @Nullable BrickId preferred,
            long bytes,
            SplittableRandom random) {
        List<BrickState> fitting = room.bricks().stream()
                .filter(brick -> room.fits(brick, bytes)
                        && !unwanted.contains(brick.id())
                        && room.isOnOtherMachine(brick, copies))
                .toList();
        if (preferred != null && fitting.stream().anyMatch(brick -> brick.id().equals(preferred))) {
            return preferred;
        }
        List<BrickState> unused =
                fitting.stream().filter(brick -> !bricks.contains(brick.id())).toList();
        Set<@Nullable NodeName> machines = new HashSet<>();
        bricks.forEach(brick -> machines.add(room.machine(brick)));
        List<BrickState> elsewhere = unused.stream()
                .filter(brick -> !machines.contains(brick.location().node()))
                .toList();
        List<BrickState> best = !elsewhere.isEmpty() ? elsewhere : !unused.isEmpty() ? unused : fitting;
        return best.isEmpty() ? null : draw(best, random);
    }

    /** In proportion to room; a brick without any is drawn for columns without bytes only. */
    private BrickId draw(List<BrickState> bricks, SplittableRandom random) {
        double total = bricks.stream().mapToDouble(this::weight).sum();
        double left = random.nextDouble() * total;
        for (BrickState brick : bricks) {
            left -= weight(brick);
            if (left < 0) {
                return brick.id();
            }
        }
        return bricks.get(bricks.size() - 1).id();
    }

    private double weight(BrickState brick) {
        return Math.max(1, room.freeBytes(brick.id()));
    }

    /** What a copy there is worth when one has to go. */
    private int worth(BrickId id) {
        BrickState brick = room.brick(id);
        return brick == null ? 0 : brick.accepting() ? 3 : brick.serving() ? 2 : 1;
    }

    private @Nullable BrickId successor(BrickId id) {
        BrickState brick = room.brick(id);
        return brick == null ? null : brick.successor();
    }

    private static List<BrickId> columnOf(List<BrickId> bricks, int replicaCount, int column) {
        return bricks.subList(column * replicaCount, (column + 1) * replicaCount);
    }

    private static int compare(BrickId a, BrickId b) {
        return a.value().compareTo(b.value());
    }

    private void take(BrickId brick, long bytes, Map<BrickId, Long> taken) {
        room.take(brick, bytes);
        taken.merge(brick, bytes, Long::sum);
    }

    /** @param taken for columns before; given back, since the file stays where it is */
    private Relocation stuck(File file, int column, Map<BrickId, Long> taken) {
        taken.forEach((brick, bytes) -> room.take(brick, -bytes));
        long bytes = file.columnBytes(column);
        boolean isFull = room.bricks().stream().noneMatch(brick -> room.fits(brick, bytes));
        return new Relocation.Stuck(
                isFull
                        ? new Refusal(
                                RefusalCode.NO_SPACE,
                                "no brick that takes chunks has room for " + bytes + " more bytes; add bricks or delete"
                                        + " files")
                        : new Refusal(
                                RefusalCode.TOO_FEW_BRICKS,
                                "no machine without a copy has room for " + bytes
                                        + " more bytes; add a brick on another" + " machine"));
    }
}
