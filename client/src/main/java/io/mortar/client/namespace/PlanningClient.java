package io.mortar.client.namespace;

import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.volume.VolumeName;
import java.util.concurrent.CompletionStage;

/** Asks what changes of volumes would take. Safe for use by several threads. */
@FunctionalInterface
public interface PlanningClient {
    /** Changes nothing. Fails with {@link io.mortar.core.refusal.RefusedException}. */
    CompletionStage<ChangePlan> plan(VolumeName volume, ProposedChange change);
}
