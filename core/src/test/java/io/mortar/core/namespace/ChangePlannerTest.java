package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangePlannerTest {
    private static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;
    private static final long GIB = 1L << 30;

    private final TestVolume volume = new TestVolume();
    private final Map<BrickId, Long> used = new HashMap<>();

    @BeforeEach
    void fourBricks() {
        volume.bricks.clear();
        IntStream.rangeClosed(1, 4).forEach(i -> volume.bricks.add(TestVolume.brick(i, "bt" + i, true, GIB)));
        volume.spec = new VolumeSpec(1, 1, UNIT);
    }

    @Test
    void removing_a_brick_moves_what_is_on_it_and_empties_it() {
        files(20);
        BrickId brick = volume.bricks.get(0).id();
        ChangePlan plan = plan(new ProposedChange.RemoveBricks(List.of(brick)));
        assertThat(plan.isFeasible()).isTrue();
        assertThat(plan.scannedFiles()).isEqualTo(20);
        assertThat(plan.bytesToMove()).isEqualTo(used.get(brick)).isPositive();
        ChangePlan.Brick left = of(plan, brick);
        assertThat(left.usedBytesBefore()).isEqualTo(used.get(brick));
        assertThat(left.usedBytesAfter()).isZero();
        assertThat(left.freeBytesAfter()).isZero();
        assertThat(sumUsedAfter(plan)).isEqualTo(sumUsedBefore(plan));
    }

    @Test
    void a_plan_changes_nothing() {
        files(5);
        int rows = volume.rows.rows.hashCode();
        plan(new ProposedChange.RemoveBricks(List.of(volume.bricks.get(0).id())));
        plan(new ProposedChange.Rebalance());
        assertThat(volume.rows.rows.hashCode()).isEqualTo(rows);
    }

    @Test
    void what_finds_no_room_is_said_beforehand() {
        files(20);
        volume.jobReserveBytes = 2 * GIB;
        BrickId brick = volume.bricks.get(0).id();
        ChangePlan plan = plan(new ProposedChange.RemoveBricks(List.of(brick)));
        assertThat(plan.isFeasible()).isFalse();
        assertThat(plan.stuckBytes()).isEqualTo(used.get(brick));
        assertThat(plan.stuckReason()).contains("room");
        assertThat(of(plan, brick).usedBytesAfter()).isEqualTo(used.get(brick));
    }

    @Test
    void a_new_brick_gets_its_share() {
        files(60);
        BrickState added = TestVolume.brick(9, "bt9", true, GIB);
        ChangePlan plan = plan(new ProposedChange.AddBricks(List.of(added)));
        ChangePlan.Brick brick = of(plan, added.id());
        assertThat(brick.usedBytesBefore()).isZero();
        assertThat(brick.freeBytesBefore()).isZero();
        long average = sumUsedAfter(plan) / 5;
        assertThat(brick.usedBytesAfter()).isBetween(average - 4 * UNIT, average + 4 * UNIT);
        assertThat(plan.bytesToMove()).as("an addition moves nothing").isZero();
        assertThat(plan.rebalanceBytes()).isGreaterThanOrEqualTo(brick.usedBytesAfter());
        assertThat(plan.rebalanceFiles()).isPositive();
    }

    @Test
    void a_replaced_brick_goes_to_its_successor() {
        files(20);
        BrickId old = volume.bricks.get(2).id();
        BrickState next = TestVolume.brick(9, "bt9", true, GIB);
        ChangePlan plan = plan(new ProposedChange.ReplaceBrick(old, next));
        assertThat(of(plan, next.id()).usedBytesAfter()).isEqualTo(used.get(old));
        assertThat(plan.bytesToMove()).isEqualTo(used.get(old));
    }

    @Test
    void machines_whose_loss_loses_files_are_named_and_more_replicas_save_them() {
        files(20);
        ChangePlan plan = plan(new ProposedChange.SetReplica(2));
        assertThat(plan.filesToMove()).isEqualTo(20);
        assertThat(plan.bytesToMove()).isEqualTo(sumUsedBefore(plan));
        assertThat(plan.machines()).hasSize(4);
        assertThat(plan.machines().stream()
                        .mapToLong(ChangePlan.Machine::lostFilesBefore)
                        .sum())
                .isEqualTo(20);
        assertThat(plan.machines().stream()
                        .mapToLong(ChangePlan.Machine::lostBytesBefore)
                        .sum())
                .isEqualTo(sumUsedBefore(plan));
        assertThat(plan.machines())
                .allSatisfy(machine -> assertThat(machine.lostFilesAfter()).isZero());
        assertThat(plan(new ProposedChange.SetReplica(5)).isFeasible())
                .as("four machines")
                .isFalse();
    }

    @Test
    void fewer_replicas_copy_nothing() {
        volume.spec = new VolumeSpec(1, 2, UNIT);
        files(10);
        ChangePlan plan = plan(new ProposedChange.SetReplica(1));
        assertThat(plan.bytesToMove()).isZero();
        assertThat(plan.isFeasible()).isTrue();
        assertThat(sumUsedAfter(plan) * 2).isEqualTo(sumUsedBefore(plan));
    }

    @Test
    void two_bricks_of_one_machine_are_lost_together() {
        NodeName machine = new NodeName("one");
        volume.bricks.clear();
        volume.bricks.add(TestVolume.brick(1, "one", true, GIB));
        volume.bricks.add(TestVolume.brick(2, "one", true, GIB));
        volume.spec = new VolumeSpec(2, 1, UNIT);
        files(5);
        ChangePlan plan = plan(new ProposedChange.Rebalance());
        assertThat(plan.machines()).singleElement().satisfies(lost -> {
            assertThat(lost.node()).isEqualTo(machine);
            assertThat(lost.lostFilesBefore()).isEqualTo(5);
        });
    }

    private ChangePlan plan(ProposedChange change) {
        return ((Outcome.ChangePlanned) volume.ask(new Query.PlanChange(change))).plan();
    }

    private static ChangePlan.Brick of(ChangePlan plan, BrickId brick) {
        return plan.bricks().stream()
                .filter(planned -> planned.id().equals(brick))
                .findFirst()
                .orElseThrow();
    }

    private static long sumUsedBefore(ChangePlan plan) {
        return plan.bricks().stream()
                .mapToLong(ChangePlan.Brick::usedBytesBefore)
                .sum();
    }

    private static long sumUsedAfter(ChangePlan plan) {
        return plan.bricks().stream()
                .mapToLong(ChangePlan.Brick::usedBytesAfter)
                .sum();
    }

    /** Writes files, and has the bricks say what they hold. */
    private void files(int count) {
        for (int i = 0; i < count; i++) {
            volume.nowMillis++;
            volume.seed++;
            String path = "/f" + i;
            FileVersion version = volume.putLarge(path, (1 + i % 4) * (long) UNIT);
            Striping striping = Objects.requireNonNull(volume.file(path).striping());
            assertThat(version.inode()).isPositive();
            for (int column = 0; column < striping.layout().width(); column++) {
                long bytes = striping.columnBytes(column, volume.file(path).sizeBytes());
                striping.layout().column(column).forEach(brick -> used.merge(brick, bytes, Long::sum));
            }
        }
        volume.bricks.replaceAll(brick -> new BrickState(
                brick.id(),
                brick.location(),
                true,
                GIB - used.getOrDefault(brick.id(), 0L),
                true,
                used.getOrDefault(brick.id(), 0L),
                false,
                null));
    }
}
