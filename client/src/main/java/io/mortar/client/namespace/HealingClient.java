package io.mortar.client.namespace;

import io.mortar.core.namespace.Outcome;
import io.mortar.core.volume.VolumeName;
import java.util.concurrent.CompletionStage;

/** Asks what the bricks of volumes lack. Safe for use by several threads. */
@FunctionalInterface
public interface HealingClient {
    /** Fails with {@link io.mortar.core.refusal.RefusedException}. */
    CompletionStage<Outcome.Healing> describe(VolumeName volume);
}
