package io.mortar.core.namespace;

import java.util.List;

/** The queue of contents to delete from bricks, and the directories that were detached and are still to be taken apart. */
public final class Deletions {
    private Deletions() {}

    /** The first {@code limit} deletions that are due at {@code context}'s time, earliest first. */
    public static List<DueDeletion> due(VolumeContext context, Rows rows, int limit) {
        return List.of();
    }

    /** Takes deletions off the queue after all their bricks confirmed. Outcome: Removed. */
    public static Decision done(VolumeContext context, List<DueDeletion> deletions) {
        return new Decision(List.of(), new Outcome.Removed());
    }

    /** Puts deletions back until {@code dueMillis}: their content is being read, or a brick did not confirm. Outcome: Removed. */
    public static Decision postpone(VolumeContext context, List<DueDeletion> deletions, long dueMillis) {
        return new Decision(List.of(), new Outcome.Removed());
    }

    /**
     * Takes up to {@code limit} entries of detached directories apart: files go to the queue, directories are detached in turn. No
     * changes when nothing is detached; otherwise call it again. Outcome: Removed.
     */
    public static Decision purgeDetached(VolumeContext context, Rows rows, int limit) {
        return new Decision(List.of(), new Outcome.Removed());
    }
}
