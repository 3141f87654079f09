package io.mortar.client.file;

import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import java.util.List;

/**
 * A whole-file write.
 *
 * @param sizeBytes size of the content, -1 when it is not known before
 * @param digests verified before the content becomes visible; a mismatch is refused with BAD_DIGEST
 */
public record WriteRequest(
        VolumeName volume, VolumePath path, WriteCondition condition, long sizeBytes, List<ExpectedDigest> digests) {
    public WriteRequest {
        digests = List.copyOf(digests);
    }
}
