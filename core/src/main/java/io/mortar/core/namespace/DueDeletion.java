package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.BrickId;
import java.util.List;
import java.util.function.Predicate;

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

    /** The same for those of its bricks that {@code has} says to be there. */
    public DueDeletion onlyOn(Predicate<BrickId> has) {
        return new DueDeletion(
                dueMillis, sequence, version, bricks.stream().filter(has).toList());
    }
}
