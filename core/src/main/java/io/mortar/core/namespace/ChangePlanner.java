package io.mortar.core.namespace;

import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.JobPace;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.BrickRoom;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Relocation;
import io.mortar.core.layout.Relocator;
import io.mortar.core.layout.Surpluses;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Goes through all files of a volume as the job would that carries a change out, and says what that takes. One state of the rows and of the
 * bricks is looked at: what is written meanwhile comes on top.
 */
public final class ChangePlanner {
    private final List<BrickState> before;
    private final List<BrickState> after;
    private final Function<Relocator.File, Relocation> rule;
    private final boolean isAddition;
    private final JobPace pace;
    private final Map<BrickId, Long> moved = new HashMap<>();
    private final Map<NodeName, long[]> lost = new HashMap<>();
    private long files;
    private long filesToMove;
    private long bytesToMove;
    private long stuckFiles;
    private long stuckBytes;
    private String stuckReason = "";

    /** Plans {@code change}. */
    public static ChangePlan plan(VolumeContext context, Rows rows, ProposedChange change) {
        ChangePlanner planner = new ChangePlanner(context, change);
        FileWalk.over(rows, context.volume(), 0, Integer.MAX_VALUE, step -> planner.visit(step.file()));
        return planner.result();
    }

    private ChangePlanner(VolumeContext context, ProposedChange change) {
        isAddition = change instanceof ProposedChange.AddBricks;
        pace = context.jobPace();
        before = context.bricks();
        after = bricksAfter(change);
        BrickRoom room = new BrickRoom(after, context.jobReserveBytes());
        rule = rule(change, new Relocator(room));
    }

    private List<BrickState> bricksAfter(ProposedChange change) {
        List<BrickState> bricks = new ArrayList<>(before);
        if (change instanceof ProposedChange.AddBricks add) {
            bricks.addAll(add.bricks());
        } else if (change instanceof ProposedChange.RemoveBricks remove) {
            bricks.replaceAll(
                    brick -> !brick.leaving() && remove.bricks().contains(brick.id()) ? brick.departing(null) : brick);
        } else if (change instanceof ProposedChange.ReplaceBrick replace) {
            bricks.replaceAll(brick -> brick.id().equals(replace.old())
                    ? brick.departing(replace.brick().id())
                    : brick);
            bricks.add(replace.brick());
        }
        return bricks;
    }

    private Function<Relocator.File, Relocation> rule(ProposedChange change, Relocator relocator) {
        if (change instanceof ProposedChange.AddBricks || change instanceof ProposedChange.Rebalance) {
            Map<BrickId, Long> surpluses = Surpluses.of(after);
            return file -> relocator.balance(file, surpluses);
        }
        if (change instanceof ProposedChange.RemoveBricks || change instanceof ProposedChange.ReplaceBrick) {
            Set<BrickId> leaving = new HashSet<>();
            after.stream().filter(BrickState::leaving).forEach(brick -> leaving.add(brick.id()));
            return file -> relocator.vacate(file, leaving);
        }
        if (change instanceof ProposedChange.SetReplica set) {
            return file -> relocator.reshape(file, set.replicaCount());
        }
        throw new AssertionError("unhandled " + change);
    }

    private boolean visit(Relocator.File file) {
        files++;
        Layout from = file.striping().layout();
        Layout to = from;
        Relocation relocation = rule.apply(file);
        if (relocation instanceof Relocation.Move move) {
            to = new Layout(from.id(), from.epoch(), move.bricks(), move.replicaCount());
            account(file, from, to);
        } else if (relocation instanceof Relocation.Stuck stuck) {
            stuckReason = stuckFiles == 0 ? stuck.refusal().text() : stuckReason;
            stuckFiles++;
            stuckBytes += file.sizeBytes();
        }
        loses(file, from, before, 0);
        loses(file, to, after, 2);
        return true;
    }

    private void account(Relocator.File file, Layout from, Layout to) {
        long copied = 0;
        for (int column = 0; column < from.width(); column++) {
            long bytes = file.striping().columnBytes(column, file.sizeBytes());
            for (BrickId brick : to.column(column)) {
                if (!from.column(column).contains(brick)) {
                    copied += bytes;
                    moved.merge(brick, bytes, Long::sum);
                }
            }
            for (BrickId brick : from.column(column)) {
                if (!to.column(column).contains(brick)) {
                    moved.merge(brick, -bytes, Long::sum);
                }
            }
        }
        filesToMove += copied > 0 ? 1 : 0;
        bytesToMove += copied;
    }

    /** Counts the file for each machine that alone has all copies of one of its columns. */
    private void loses(Relocator.File file, Layout layout, List<BrickState> bricks, int index) {
        Set<NodeName> fatal = new HashSet<>();
        for (int column = 0; column < layout.width(); column++) {
            if (file.striping().columnBytes(column, file.sizeBytes()) > 0) {
                Set<NodeName> machines = new HashSet<>();
                layout.column(column).forEach(id -> machineOf(id, bricks, machines));
                if (machines.size() == 1) {
                    fatal.addAll(machines);
                }
            }
        }
        for (NodeName machine : fatal) {
            long[] counts = lost.computeIfAbsent(machine, m -> new long[4]);
            counts[index]++;
            counts[index + 1] += file.sizeBytes();
        }
    }

    private static void machineOf(BrickId id, List<BrickState> bricks, Set<NodeName> machines) {
        bricks.stream()
                .filter(brick -> brick.id().equals(id))
                .forEach(brick -> machines.add(brick.location().node()));
    }

    private ChangePlan result() {
        List<ChangePlan.Brick> bricks = after.stream().map(this::brick).toList();
        Set<NodeName> nodes = new TreeSet<>(Comparator.comparing(NodeName::value));
        after.forEach(brick -> nodes.add(brick.location().node()));
        List<ChangePlan.Machine> machines = nodes.stream()
                .map(node -> {
                    long[] counts = lost.getOrDefault(node, new long[4]);
                    return new ChangePlan.Machine(node, counts[0], counts[1], counts[2], counts[3]);
                })
                .toList();
        return isAddition
                ? new ChangePlan(0, 0, 0, 0, "", files, bricks, machines, filesToMove, bytesToMove, pace)
                : new ChangePlan(
                        filesToMove,
                        bytesToMove,
                        stuckFiles,
                        stuckBytes,
                        stuckReason,
                        files,
                        bricks,
                        machines,
                        0,
                        0,
                        pace);
    }

    private ChangePlan.Brick brick(BrickState brick) {
        long delta = moved.getOrDefault(brick.id(), 0L);
        boolean isNew = before.stream().noneMatch(old -> old.id().equals(brick.id()));
        boolean goes = brick.leaving() && stuckFiles == 0;
        return new ChangePlan.Brick(
                brick.id(),
                brick.location(),
                isNew ? 0 : brick.usedBytes(),
                isNew ? 0 : brick.freeBytes(),
                goes ? 0 : Math.max(0, brick.usedBytes() + delta),
                goes ? 0 : Math.max(0, brick.freeBytes() - delta));
    }
}
