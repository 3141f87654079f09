package io.mortar.journal.rows;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvView;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Rows that are about to be written, seen over those that are. For one thread. */
public final class RowChanges {
    /** What a row takes in a log beside its key and value. */
    private static final int ROW_BYTES = 8;

    private final KvView base;
    private final @Nullable RowChanges before;
    private final Map<byte[], Optional<byte[]>> rows = new TreeMap<>(Arrays::compareUnsigned);
    private final Map<byte[], Optional<byte[]>> applicationRows = new TreeMap<>(Arrays::compareUnsigned);
    private int sizeBytes;
    private boolean growing;

    private RowChanges(KvView base, @Nullable RowChanges before) {
        this.base = base;
        this.before = before;
    }

    public static RowChanges on(KvView base) {
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
    public KvView written() {
        return base;
    }

    void put(byte[] key, byte[] value) {
        rows.put(key, Optional.of(value));
        sizeBytes += ROW_BYTES + key.length + value.length;
    }

    void delete(byte[] key) {
        rows.put(key, Optional.empty());
        sizeBytes += ROW_BYTES + key.length;
    }

    /**
     * A row of the application, kept apart from the journal's.
     *
     * @param value null when the row is deleted
     */
    public void changeApplication(byte[] key, byte @Nullable [] value) {
        applicationRows.put(key, Optional.ofNullable(value));
        sizeBytes += ROW_BYTES + key.length + (value == null ? 0 : value.length);
    }

    /** Says that these rows make the store larger for good: they are refused when the disk is nearly full, others a little later. */
    public void markGrowing() {
        growing = true;
    }

    public boolean isGrowing() {
        return growing;
    }

    void addAll(RowChanges later) {
        rows.putAll(later.rows);
        applicationRows.putAll(later.applicationRows);
        sizeBytes += later.sizeBytes;
        growing |= later.growing;
    }

    /** What the rows take in a log, at most; those of a key that was changed twice count twice. */
    public int sizeBytes() {
        return sizeBytes;
    }

    public boolean isEmpty() {
        return rows.isEmpty() && applicationRows.isEmpty();
    }

    /** Hands over the journal's rows, deleted ones with null as their value, in the order of their keys. */
    public void forEach(BiConsumer<byte[], byte @Nullable []> consumer) {
        rows.forEach((key, value) -> consumer.accept(key, value.orElse(null)));
    }

    /** Hands over the application's rows likewise. */
    public void forEachOfApplication(BiConsumer<byte[], byte @Nullable []> consumer) {
        applicationRows.forEach((key, value) -> consumer.accept(key, value.orElse(null)));
    }

    /** For a store that has no rows of the application. */
    public KvBatch toBatch() {
        if (!applicationRows.isEmpty()) {
            throw new AssertionError("rows of the application in a journal without event images");
        }
        KvBatch batch = new KvBatch();
        rows.forEach(
                (key, value) -> value.ifPresentOrElse(present -> batch.put(key, present), () -> batch.delete(key)));
        return batch;
    }
}
