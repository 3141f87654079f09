package io.mortar.journal.local;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvView;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows that are about to be written, seen over those that are. For one thread. */
final class RowChanges {
    private final KvView base;
    private final @Nullable RowChanges before;
    private final Map<byte[], Optional<byte[]>> rows = new TreeMap<>(Arrays::compareUnsigned);
    private int sizeBytes;

    private RowChanges(KvView base, @Nullable RowChanges before) {
        this.base = base;
        this.before = before;
    }

    static RowChanges on(KvView base) {
        return new RowChanges(base, null);
    }

    /** An empty set of changes that sees these. */
    RowChanges next() {
        return new RowChanges(base, this);
    }

    byte @Nullable [] get(byte[] key) {
        Optional<byte[]> changed = rows.get(key);
        if (changed != null) {
            return changed.orElse(null);
        }
        return before == null ? base.get(key) : before.get(key);
    }

    /** What is written already, without changes. */
    KvView written() {
        return base;
    }

    void put(byte[] key, byte[] value) {
        rows.put(key, Optional.of(value));
        sizeBytes += key.length + value.length;
    }

    void delete(byte[] key) {
        rows.put(key, Optional.empty());
        sizeBytes += key.length;
    }

    void addAll(RowChanges later) {
        rows.putAll(later.rows);
        sizeBytes += later.sizeBytes;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    KvBatch toBatch() {
        KvBatch batch = new KvBatch();
        rows.forEach(
                (key, value) -> value.ifPresentOrElse(present -> batch.put(key, present), () -> batch.delete(key)));
        return batch;
    }
}
