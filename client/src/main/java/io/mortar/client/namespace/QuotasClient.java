package io.mortar.client.namespace;

import io.mortar.core.namespace.DirectoryQuota;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What directories may hold. Stages fail with {@link io.mortar.core.refusal.RefusedException}, with TIMED_OUT when it is not known
 * whether a change was made; it may be repeated. Safe for use by several threads.
 */
public interface QuotasClient {
    /** All quotas of a volume, by path. */
    CompletionStage<List<DirectoryQuota>> list(VolumeName volume);

    /**
     * Limits what the directory {@code path} may hold, or changes its limits.
     *
     * @param bytesMax sum of the sizes of all files below it; -1 for any
     * @param entriesMax files and directories below it; -1 for any
     */
    CompletionStage<DirectoryQuota> set(VolumeName volume, VolumePath path, long bytesMax, long entriesMax);

    /** Refused with NOT_FOUND if there is none. */
    CompletionStage<Void> remove(VolumeName volume, VolumePath path);
}
