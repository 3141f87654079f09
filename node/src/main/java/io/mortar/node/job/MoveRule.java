package io.mortar.node.job;

import io.mortar.core.job.JobKind;
import io.mortar.core.job.Surplus;
import io.mortar.core.layout.BrickRoom;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Relocation;
import io.mortar.core.layout.Relocator;
import io.mortar.core.layout.Surpluses;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Where a job wants files to be. For use by one thread. */
final class MoveRule {
    private final JobRow job;
    private final Map<BrickId, Long> surpluses = new HashMap<>();

    /** One that goes on where {@code job} was at its last checkpoint. */
    MoveRule(JobRow job, VolumeContext context) {
        this.job = job;
        if (job.kind() == JobKind.REBALANCE && job.surpluses().isEmpty()) {
            surpluses.putAll(Surpluses.of(context.bricks()));
        }
        job.surpluses().forEach(surplus -> surpluses.put(surplus.brick(), surplus.bytes()));
    }

    /** Layouts that no file has any more when {@code job} is done. */
    static Predicate<Layout> unwanted(JobRow job, VolumeContext context) {
        return switch (job.kind()) {
            case REBUILD -> layout -> layout.bricks().contains(job.subject());
            case RESHAPE -> layout -> layout.replicaCount() != context.spec().replicaCount();
            case DRAIN, REBALANCE, HEAL, PURGE, SCRUB -> layout -> false;
        };
    }

    List<Surplus> surpluses() {
        return surpluses.entrySet().stream()
                .map(entry -> new Surplus(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What is to become of {@code file}; counts on it in what it says of the next ones. */
    Relocation decide(Relocator.File file, VolumeContext context, BrickRoom room) {
        Relocator relocator = new Relocator(room);
        return switch (job.kind()) {
            case DRAIN -> relocator.vacate(file, leaving(context));
            case REBUILD -> relocator.vacate(file, subject());
            case RESHAPE -> relocator.reshape(file, context.spec().replicaCount());
            case REBALANCE -> relocator.balance(file, surpluses);
            case HEAL, PURGE, SCRUB -> throw new AssertionError(job.kind() + " moves no files");
        };
    }

    /** All that leave, so that nothing goes from one of them to another. */
    private Set<BrickId> leaving(VolumeContext context) {
        Set<BrickId> leaving = new HashSet<>(subject());
        context.bricks().stream().filter(BrickState::leaving).forEach(brick -> leaving.add(brick.id()));
        return leaving;
    }

    private Set<BrickId> subject() {
        BrickId subject = job.subject();
        if (subject == null) {
            throw new AssertionError("job " + job + " is about no brick");
        }
        return Set.of(subject);
    }
}
