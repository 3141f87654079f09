package io.mortar.client.pool;

import io.mortar.core.pool.NodeName;
import io.mortar.protocol.pool.MetadataProtocol.LeadershipTransferred;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks how the pool's metadata is kept. Stages fail with {@link io.mortar.core.refusal.RefusedException}. Safe for use by several
 * threads.
 */
public interface MetadataClient {
    /** What the node that leads knows; if there is none, or it does not answer, what this node knows. */
    CompletionStage<MetadataStatus> describe();

    /** Hands leadership over to the voter called {@code to}, or to the most advanced one when it is null. */
    CompletionStage<LeadershipTransferred> transfer(@Nullable NodeName to);
}
