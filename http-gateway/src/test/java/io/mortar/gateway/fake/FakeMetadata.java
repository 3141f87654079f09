package io.mortar.gateway.fake;

import io.mortar.client.pool.MetadataClient;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.MetadataProtocol.LeadershipTransferred;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Says what a test wants about the metadata, and remembers to whom leadership was given. */
public final class FakeMetadata implements MetadataClient {
    public volatile MetadataStatus status =
            new MetadataStatus("mortar.journal.quorum", RunningGateway.SELF, null, null);
    public volatile @Nullable RefusedException refusal;
    public final List<String> transfers = new ArrayList<>();

    @Override
    public CompletionStage<MetadataStatus> describe() {
        return CompletableFuture.completedStage(status);
    }

    @Override
    public CompletionStage<LeadershipTransferred> transfer(@Nullable NodeName to) {
        RefusedException refused = refusal;
        if (refused != null) {
            return CompletableFuture.failedStage(refused);
        }
        transfers.add(String.valueOf(to));
        return CompletableFuture.completedStage(new LeadershipTransferred());
    }
}
