package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.BrickId;
import java.util.List;

/**
 * A content whose chunks can be deleted.
 *
 * @param dueMillis when it became due
 * @param sequence number of the deletion in its volume
 * @param bricks that may have chunks of it; each must confirm before the deletion is done
 */
public record DueDeletion(long dueMillis, long sequence, FileVersion version, List<BrickId> bricks) {
    public DueDeletion {
        bricks = List.copyOf(bricks);
    }
}
