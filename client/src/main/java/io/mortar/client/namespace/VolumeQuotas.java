package io.mortar.client.namespace;

import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.DirectoryQuota;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the coordinators of the volumes. */
public final class VolumeQuotas implements QuotasClient {
    private final NamespaceClient namespace;

    public VolumeQuotas(NamespaceClient namespace) {
        this.namespace = namespace;
    }

    @Override
    public CompletionStage<List<DirectoryQuota>> list(VolumeName volume) {
        return pages(volume, 0, new ArrayList<>()).thenApply(quotas -> {
            quotas.sort(Comparator.comparing(DirectoryQuota::path));
            return quotas;
        });
    }

    private CompletionStage<List<DirectoryQuota>> pages(VolumeName volume, long after, List<DirectoryQuota> before) {
        return namespace
                .query(Outcome.QuotasListed.class, volume, new Query.ListQuotas(after))
                .thenCompose(page -> {
                    before.addAll(page.quotas());
                    return page.next() == 0
                            ? CompletableFuture.completedStage(before)
                            : pages(volume, page.next(), before);
                });
    }

    @Override
    public CompletionStage<DirectoryQuota> set(VolumeName volume, VolumePath path, long bytesMax, long entriesMax) {
        return namespace
                .change(Outcome.QuotaSet.class, volume, new Command.SetQuota(path, bytesMax, entriesMax))
                .thenApply(Outcome.QuotaSet::quota);
    }

    @Override
    public CompletionStage<Void> remove(VolumeName volume, VolumePath path) {
        return namespace
                .change(Outcome.Removed.class, volume, new Command.RemoveQuota(path))
                .thenAccept(removed -> {});
    }
}
