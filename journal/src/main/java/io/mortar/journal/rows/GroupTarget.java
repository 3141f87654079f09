package io.mortar.journal.rows;

import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvView;
import java.util.concurrent.CompletionStage;

/** Where a {@link GroupWriter} reads and writes. It is used by one task at a time, and no write begins before the one before it ended. */
public interface GroupTarget {
    /** Called at the start of each group: the rows that all groups before it left. */
    KvView begin();

    /**
     * Writes a group, which is empty when its work only read. The stage completes when the group is durable and {@link #begin} shows it. It fails with
     * {@link KvNoSpaceException} when nothing was written and the next group may go on, with {@link KvFailedException} when the
     * state of the disk is not known and the process must stop; after any other failure the target itself decides what it still takes.
     */
    CompletionStage<?> write(RowChanges group);
}
