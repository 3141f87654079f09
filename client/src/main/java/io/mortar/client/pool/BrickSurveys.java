package io.mortar.client.pool;

import io.mortar.core.layout.BrickState;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks nodes about bricks that they do not have yet. Safe for use by several threads. */
@FunctionalInterface
public interface BrickSurveys {
    /**
     * The bricks that are coming, as they would be in the volume; nothing is prepared. Fails with {@link
     * io.mortar.core.refusal.RefusedException} as the preparation would, for the first that cannot be one.
     */
    CompletionStage<List<BrickState>> survey(RegistryProtocol.ChangeAllowed allowed);
}
