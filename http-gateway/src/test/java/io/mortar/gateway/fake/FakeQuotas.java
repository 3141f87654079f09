package io.mortar.gateway.fake;

import io.mortar.client.namespace.QuotasClient;
import io.mortar.core.namespace.DirectoryQuota;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The quotas of one volume, whatever its name; every directory holds 5 bytes and 2 entries. */
public final class FakeQuotas implements QuotasClient {
    private final NavigableMap<String, DirectoryQuota> quotas = Collections.synchronizedNavigableMap(new TreeMap<>());

    @Override
    public CompletionStage<List<DirectoryQuota>> list(VolumeName volume) {
        return CompletableFuture.completedStage(List.copyOf(quotas.values()));
    }

    @Override
    public CompletionStage<DirectoryQuota> set(VolumeName volume, VolumePath path, long bytesMax, long entriesMax) {
        DirectoryQuota quota = new DirectoryQuota(path.toString(), bytesMax, entriesMax, 5, 2);
        quotas.put(path.toString(), quota);
        return CompletableFuture.completedStage(quota);
    }

    @Override
    public CompletionStage<Void> remove(VolumeName volume, VolumePath path) {
        return quotas.remove(path.toString()) == null
                ? CompletableFuture.failedStage(new RefusedException(RefusalCode.NOT_FOUND, path + " has none"))
                : CompletableFuture.completedStage(null);
    }
}
