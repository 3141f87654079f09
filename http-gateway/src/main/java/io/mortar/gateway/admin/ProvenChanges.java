package io.mortar.gateway.admin;

import io.mortar.client.namespace.PlanningClient;
import io.mortar.client.pool.BrickSurveys;
import io.mortar.client.pool.RegistryClient;
import io.mortar.client.session.PoolClient;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.RegistryProtocol.ChangeAllowed;
import io.mortar.protocol.pool.RegistryProtocol.TryChange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Plans of changes, and whether every file would find its place. What the registry refuses is refused before files are looked at. */
final class ProvenChanges {
    private final RegistryClient registry;
    private final PlanningClient planning;
    private final BrickSurveys surveys;

    ProvenChanges(PoolClient pool) {
        this.registry = pool.registry();
        this.planning = pool.planning();
        this.surveys = pool.surveys();
    }

    /** Changes nothing; refused as the change itself would be. */
    CompletionStage<ChangePlan> plan(ChangeRequest change) {
        return tried(change).thenCompose(allowed -> plan(change, allowed));
    }

    /** Completes if every file finds a place, or the change is made already; refused with NO_SPACE otherwise. */
    CompletionStage<Void> prove(ChangeRequest change) {
        return tried(change).thenCompose(allowed -> {
            if (!allowed.changes()) {
                return CompletableFuture.completedStage(null);
            }
            return plan(change, allowed).thenAccept(plan -> requireFeasible(plan, change.attempt()));
        });
    }

    private CompletionStage<ChangeAllowed> tried(ChangeRequest change) {
        return registry.ask(
                ChangeAllowed.class, replyTo -> new TryChange(change.message().apply(replyTo)));
    }

    private CompletionStage<ChangePlan> plan(ChangeRequest change, ChangeAllowed allowed) {
        return surveys.survey(allowed)
                .thenCompose(coming ->
                        planning.plan(change.volume(), change.proposal().apply(allowed, coming)));
    }

    private static void requireFeasible(ChangePlan plan, String attempt) {
        if (!plan.isFeasible()) {
            throw new RefusedException(
                    RefusalCode.NO_SPACE,
                    attempt + ": " + plan.stuckFiles() + " file(s) of " + plan.stuckBytes()
                            + " bytes would find no place: " + plan.stuckReason()
                            + "; add bricks first, with 'mortar volume add-brick'");
        }
    }
}
