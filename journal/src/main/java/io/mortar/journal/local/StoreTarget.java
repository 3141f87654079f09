package io.mortar.journal.local;

import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.rows.GroupTarget;
import io.mortar.journal.rows.RowChanges;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Groups of rows for a store of this node, written and synced by the calling thread. */
record StoreTarget(KvStore store) implements GroupTarget {
    @Override
    public KvView begin() {
        return store;
    }

    /** Also writes groups without rows, because a store that has failed refuses them, too: what it holds is not known then. */
    @Override
    public CompletionStage<?> write(RowChanges group) {
        store.write(group.toBatch());
        return CompletableFuture.completedFuture(true);
    }
}
