package io.mortar.gateway.admin;

import io.mortar.core.job.ChangePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change of a volume would take, as {@code docs/api.md} describes it. */
record PlanJson(
        boolean feasible,
        long files,
        long filesToMove,
        long bytesToMove,
        long stuckFiles,
        long stuckBytes,
        String stuckReason,
        long rebalanceFiles,
        long rebalanceBytes,
        @Nullable Long estimatedSeconds,
        @Nullable Long rebalanceSeconds,
        long limitBytesPerSecond,
        @Nullable Long measuredBytesPerSecond,
        List<BrickJson> bricks,
        List<MachineJson> machines) {
    record BrickJson(
            String brick, long usedBytesBefore, long freeBytesBefore, long usedBytesAfter, long freeBytesAfter) {}

    record MachineJson(
            String node, long lostFilesBefore, long lostBytesBefore, long lostFilesAfter, long lostBytesAfter) {}

    static PlanJson of(ChangePlan plan) {
        return new PlanJson(
                plan.isFeasible(),
                plan.scannedFiles(),
                plan.filesToMove(),
                plan.bytesToMove(),
                plan.stuckFiles(),
                plan.stuckBytes(),
                plan.stuckReason(),
                plan.rebalanceFiles(),
                plan.rebalanceBytes(),
                known(plan.estimatedSeconds(), 0),
                known(plan.pace().secondsFor(plan.rebalanceBytes()), 0),
                plan.pace().limitBytesPerSecond(),
                known(plan.pace().measuredBytesPerSecond(), 1),
                plan.bricks().stream()
                        .map(brick -> new BrickJson(
                                brick.location().toString(),
                                brick.usedBytesBefore(),
                                brick.freeBytesBefore(),
                                brick.usedBytesAfter(),
                                brick.freeBytesAfter()))
                        .toList(),
                plan.machines().stream()
                        .map(machine -> new MachineJson(
                                machine.node().value(),
                                machine.lostFilesBefore(),
                                machine.lostBytesBefore(),
                                machine.lostFilesAfter(),
                                machine.lostBytesAfter()))
                        .toList());
    }

    private static @Nullable Long known(long value, long min) {
        return value < min ? null : value;
    }
}
