package io.mortar.gateway.admin;

import io.mortar.client.namespace.PlanningClient;
import io.mortar.client.pool.RegistryClient;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.BrickStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Plans of changes, and whether every file would find its place. */
final class ProvenChanges {
    private final RegistryClient registry;
    private final PlanningClient planning;

    ProvenChanges(RegistryClient registry, PlanningClient planning) {
        this.registry = registry;
        this.planning = planning;
    }

    /** What it takes to take {@code bricks} out, beside those that are leaving already; refused with NOT_FOUND for others. */
    CompletionStage<ChangePlan> removal(VolumeName volume, List<BrickLocation> bricks) {
        return registry.ask(
                        RegistryProtocol.VolumeDescribed.class,
                        replyTo -> new RegistryProtocol.DescribeVolume(volume, replyTo))
                .thenCompose(described -> planning.plan(
                        volume,
                        new ProposedChange.RemoveBricks(ids(described.volume().bricks(), bricks))));
    }

    private static List<BrickId> ids(List<BrickStatus> all, List<BrickLocation> wanted) {
        Set<BrickLocation> unknown = new HashSet<>(wanted);
        all.forEach(brick -> unknown.remove(brick.location()));
        if (!unknown.isEmpty()) {
            throw new RefusedException(
                    RefusalCode.NOT_FOUND,
                    "no brick was removed: the volume does not have "
                            + String.join(
                                    ", ",
                                    unknown.stream()
                                            .map(BrickLocation::toString)
                                            .sorted()
                                            .toList())
                            + "; 'mortar volume info' shows what it has");
        }
        return all.stream()
                .filter(brick -> brick.leaving() || wanted.contains(brick.location()))
                .map(BrickStatus::id)
                .toList();
    }

    CompletionStage<ChangePlan> replica(VolumeName volume, int count) {
        return planning.plan(volume, new ProposedChange.SetReplica(count));
    }

    /** The plan if every file finds a place; else refused with NO_SPACE. */
    static ChangePlan feasible(ChangePlan plan, String attempt) {
        if (plan.isFeasible()) {
            return plan;
        }
        throw new RefusedException(
                RefusalCode.NO_SPACE,
                attempt + ": " + plan.stuckFiles() + " file(s) of " + plan.stuckBytes()
                        + " bytes would find no place: " + plan.stuckReason()
                        + "; add bricks first, with 'mortar volume add-brick'");
    }
}
