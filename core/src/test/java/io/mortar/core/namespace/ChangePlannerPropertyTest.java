package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.BrickRoom;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Relocation;
import io.mortar.core.layout.Relocator;
import io.mortar.core.layout.Striping;
import io.mortar.core.layout.Surpluses;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a plan says is what happens: the files of random volumes are moved one by one, as jobs do, by the steps that change rows, and then the rows
 * are asked. Room that dropped copies free again comes too late for both.
 */
class ChangePlannerPropertyTest {
    private static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;
    private static final long AMPLE = 1L << 30;

    @Test
    void a_plan_says_what_the_job_then_does() {
        Map<String, Integer> feasible = new HashMap<>();
        Map<String, Integer> stuck = new HashMap<>();
        Seeds.upTo(1_500).forEach(seed -> {
            Run run = new Run(seed);
            run.assertPlanned();
            (run.plan.isFeasible() ? feasible : stuck)
                    .merge(run.change.getClass().getSimpleName(), run.moved > 0 || run.stuck > 0 ? 1 : 0, Integer::sum);
        });
        if (Long.getLong("seed") == null) {
            assertThat(feasible.values())
                    .as("plans that move something: %s", feasible)
                    .hasSize(5)
                    .allMatch(n -> n > 20);
            assertThat(stuck.values())
                    .as("plans that are not possible: %s", stuck)
                    .hasSize(3)
                    .allMatch(n -> n > 5);
        }
    }

    /** One volume, one change. */
    private static final class Run {
        final TestVolume volume = new TestVolume();
        final RandomGenerator random;
        final long seed;
        final ProposedChange change;
        final ChangePlan plan;
        final Map<BrickId, Long> usedBefore;
        final Map<NodeName, long[]> lostBefore;
        int moved;
        int stuck;
        long movedBytes;
        long stuckBytes;

        Run(long seed) {
            this.seed = seed;
            random = Seeds.random(seed);
            makeVolume();
            usedBefore = used();
            long free = random.nextInt(3) == 0 ? random.nextInt(1, 40) * (long) UNIT : AMPLE;
            volume.jobReserveBytes = random.nextBoolean() ? 0 : 2 * UNIT;
            volume.bricks.replaceAll(brick -> of(brick, random.nextInt(8) > 0, free, usedBefore));
            lostBefore = lost();
            change = randomChange(free);
            plan = ((Outcome.ChangePlanned) volume.ask(new Query.PlanChange(change))).plan();
            carryOut();
        }

        private void makeVolume() {
            int machines = random.nextInt(2, 6);
            volume.bricks.clear();
            int bricks = machines + random.nextInt(3);
            for (int number = 1; number <= bricks; number++) {
                volume.bricks.add(TestVolume.brick(number, "bt" + number % machines, true, AMPLE));
            }
            int replica = random.nextInt(1, 3);
            volume.spec = new VolumeSpec(random.nextInt(1, bricks / replica + 1), replica, UNIT);
            int files = random.nextInt(30);
            for (int i = 0; i < files; i++) {
                volume.nowMillis++;
                volume.seed = random.nextLong();
                volume.putLarge("/f" + i, random.nextInt(1, 6 * UNIT));
            }
        }

        private static BrickState of(BrickState brick, boolean serving, long free, Map<BrickId, Long> used) {
            return new BrickState(
                    brick.id(),
                    brick.location(),
                    serving,
                    free,
                    serving,
                    used.getOrDefault(brick.id(), 0L),
                    false,
                    null);
        }

        private ProposedChange randomChange(long free) {
            BrickId some =
                    volume.bricks.get(random.nextInt(volume.bricks.size())).id();
            BrickState added = TestVolume.brick(90, random.nextBoolean() ? "new" : "bt1", true, free);
            return switch (random.nextInt(5)) {
                case 0 -> new ProposedChange.AddBricks(List.of(added, TestVolume.brick(91, "newer", true, free / 2)));
                case 1 ->
                    new ProposedChange.RemoveBricks(
                            List.of(some, volume.bricks.get(0).id()));
                case 2 -> new ProposedChange.ReplaceBrick(some, added);
                case 3 -> new ProposedChange.SetReplica(random.nextInt(1, 4));
                default -> new ProposedChange.Rebalance();
            };
        }

        /** Makes the volume what the registry would make it, then moves its files. */
        private void carryOut() {
            if (change instanceof ProposedChange.AddBricks add) {
                volume.bricks.addAll(add.bricks());
            } else if (change instanceof ProposedChange.RemoveBricks remove) {
                volume.bricks.replaceAll(b -> remove.bricks().contains(b.id()) ? b.departing(null) : b);
            } else if (change instanceof ProposedChange.ReplaceBrick replace) {
                volume.bricks.replaceAll(b -> b.id().equals(replace.old())
                        ? b.departing(replace.brick().id())
                        : b);
                volume.bricks.add(replace.brick());
            } else if (change instanceof ProposedChange.SetReplica set) {
                volume.spec =
                        new VolumeSpec(volume.spec.stripeCount(), set.replicaCount(), volume.spec.stripeUnitBytes());
            }
            Map<BrickId, Long> surpluses = Surpluses.of(volume.bricks);
            List<FileWalk.Step> files = new ArrayList<>();
            FileWalk.over(volume.rows, TestVolume.ID, 0, Integer.MAX_VALUE, files::add);
            files.forEach(file -> move(file, surpluses));
        }

        private void move(FileWalk.Step step, Map<BrickId, Long> surpluses) {
            Relocator.File file = step.file();
            Relocation relocation = rule(surpluses).apply(file);
            if (relocation instanceof Relocation.Stuck) {
                stuck++;
                stuckBytes += file.sizeBytes();
            } else if (relocation instanceof Relocation.Move move) {
                Layout from = file.striping().layout();
                RelocationPlan begun = moved(
                        file,
                        new JobCommand.BeginRelocation(
                                7, step.version(), from.id(), move.bricks(), move.replicaCount()));
                long bytes = arrive(file, from, begun.to());
                assertThat(begun.bytes()).isEqualTo(bytes);
                moved += bytes > 0 ? 1 : 0;
                movedBytes += bytes;
            }
        }

        /** All bricks answer meanwhile: copies are not given up for others on a brick that does not, but when it is back. */
        private RelocationPlan moved(Relocator.File file, JobCommand.BeginRelocation command) {
            List<BrickState> now = List.copyOf(volume.bricks);
            volume.bricks.replaceAll(b -> new BrickState(
                    b.id(),
                    b.location(),
                    !b.leaving(),
                    b.freeBytes(),
                    true,
                    b.usedBytes(),
                    b.leaving(),
                    b.successor()));
            JobOutcome outcome = volume.step(command);
            assertThat(outcome).as("seed " + seed).isInstanceOf(JobOutcome.Begun.class);
            RelocationPlan begun = ((JobOutcome.Begun) outcome).plan();
            assertThat(volume.step(new JobCommand.FinishRelocation(file.inode(), begun.order())))
                    .as("seed " + seed)
                    .isEqualTo(new JobOutcome.Ended(file.inode(), true));
            volume.bricks.clear();
            volume.bricks.addAll(now);
            return begun;
        }

        private Function<Relocator.File, Relocation> rule(Map<BrickId, Long> surpluses) {
            Relocator relocator = new Relocator(new BrickRoom(volume.bricks, volume.jobReserveBytes));
            if (change instanceof ProposedChange.SetReplica set) {
                return file -> relocator.reshape(file, set.replicaCount());
            }
            Set<BrickId> leaving = volume.bricks.stream()
                    .filter(BrickState::leaving)
                    .map(BrickState::id)
                    .collect(Collectors.toSet());
            return leaving.isEmpty()
                    ? file -> relocator.balance(file, surpluses)
                    : file -> relocator.vacate(file, leaving);
        }

        /** Has bricks say that they have less room. */
        private long arrive(Relocator.File file, Layout from, Striping to) {
            long sum = 0;
            for (int column = 0; column < to.layout().width(); column++) {
                long bytes = to.columnBytes(column, file.sizeBytes());
                Set<BrickId> coming = new HashSet<>(to.layout().column(column));
                coming.removeAll(from.column(column));
                sum += bytes * coming.size();
                volume.bricks.replaceAll(brick -> coming.contains(brick.id()) ? with(brick, bytes) : brick);
            }
            return sum;
        }

        private static BrickState with(BrickState brick, long bytes) {
            return new BrickState(
                    brick.id(),
                    brick.location(),
                    brick.accepting(),
                    brick.freeBytes() - bytes,
                    brick.serving(),
                    brick.usedBytes() + bytes,
                    brick.leaving(),
                    brick.successor());
        }

        private Map<BrickId, Long> used() {
            Map<BrickId, Long> used = new HashMap<>();
            FileWalk.over(volume.rows, TestVolume.ID, 0, Integer.MAX_VALUE, step -> {
                Striping striping = step.file().striping();
                for (int column = 0; column < striping.layout().width(); column++) {
                    long bytes = striping.columnBytes(column, step.file().sizeBytes());
                    striping.layout().column(column).forEach(brick -> used.merge(brick, bytes, Long::sum));
                }
                return true;
            });
            return used;
        }

        /** Files and bytes that are lost with each machine. */
        private Map<NodeName, long[]> lost() {
            Map<BrickId, NodeName> machines = volume.bricks.stream()
                    .collect(Collectors.toMap(BrickState::id, b -> b.location().node()));
            Map<NodeName, long[]> lost = new HashMap<>();
            FileWalk.over(volume.rows, TestVolume.ID, 0, Integer.MAX_VALUE, step -> {
                Striping striping = step.file().striping();
                for (NodeName machine : new HashSet<>(machines.values())) {
                    boolean isFatal = false;
                    for (int column = 0; column < striping.layout().width(); column++) {
                        isFatal |= striping.columnBytes(column, step.file().sizeBytes()) > 0
                                && striping.layout().column(column).stream()
                                        .allMatch(brick -> machine.equals(machines.get(brick)));
                    }
                    if (isFatal) {
                        long[] counts = lost.computeIfAbsent(machine, m -> new long[2]);
                        counts[0]++;
                        counts[1] += step.file().sizeBytes();
                    }
                }
                return true;
            });
            return lost;
        }

        void assertPlanned() {
            String text = "seed " + seed + ": " + change + " planned as " + plan;
            boolean isAddition = change instanceof ProposedChange.AddBricks;
            assertThat(isAddition ? plan.rebalanceFiles() : plan.filesToMove())
                    .as(text)
                    .isEqualTo(moved);
            assertThat(isAddition ? plan.rebalanceBytes() : plan.bytesToMove())
                    .as(text)
                    .isEqualTo(movedBytes);
            assertThat(List.of(plan.stuckFiles(), plan.stuckBytes()))
                    .as(text)
                    .containsExactly((long) stuck, stuckBytes);
            Map<BrickId, Long> usedAfter = used();
            for (ChangePlan.Brick brick : plan.bricks()) {
                assertThat(brick.usedBytesBefore()).as(text).isEqualTo(usedBefore.getOrDefault(brick.id(), 0L));
                assertThat(brick.usedBytesAfter()).as(text).isEqualTo(usedAfter.getOrDefault(brick.id(), 0L));
            }
            Map<NodeName, long[]> lostAfter = lost();
            for (ChangePlan.Machine machine : plan.machines()) {
                assertThat(List.of(machine.lostFilesBefore(), machine.lostBytesBefore()))
                        .as(text)
                        .isEqualTo(pair(lostBefore, machine));
                assertThat(List.of(machine.lostFilesAfter(), machine.lostBytesAfter()))
                        .as(text)
                        .isEqualTo(pair(lostAfter, machine));
            }
        }

        private static List<Long> pair(Map<NodeName, long[]> lost, ChangePlan.Machine machine) {
            long[] counts = lost.getOrDefault(machine.node(), new long[2]);
            return List.of(counts[0], counts[1]);
        }
    }
}
