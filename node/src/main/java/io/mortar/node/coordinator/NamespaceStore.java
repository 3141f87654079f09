package io.mortar.node.coordinator;

import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.RowRange;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeRows;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of all volumes, in one key-value store. Every volume's coordinator writes its own rows and nobody else's; anybody may
 * read, on any thread. With the rows of a batch goes the number of the event that they come from, so that replaying an event
 * twice is the same as once.
 *
 * <p>Every method throws {@link io.mortar.journal.kv.KvFailedException} when the store fails; the process must stop then.
 */
public final class NamespaceStore implements AutoCloseable {
    /** First byte of the rows that belong to no volume; no volume's row begins with it. */
    private static final byte BOOKKEEPING = 0x00;

    private static final byte APPLIED_VERSION = 1;

    private final KvStore store;

    /** Takes over {@code store}: {@link #close} closes it. */
    public NamespaceStore(KvStore store) {
        this.store = store;
    }

    /** Number of the last event of {@code persistenceId} whose rows are here; 0 for none. */
    long applied(String persistenceId) {
        byte[] value = store.get(appliedKey(persistenceId));
        if (value == null) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        byte version = bytes.get();
        if (version != APPLIED_VERSION) {
            throw new AssertionError("the namespace has a bookkeeping row of version " + version + ", this build reads "
                    + APPLIED_VERSION + ": start a newer version of Mortar");
        }
        return bytes.getLong();
    }

    /**
     * Writes the rows of event {@code sequence}, durably, unless they are here already. Returns whether they were written.
     */
    boolean applyIfNewer(String persistenceId, long sequence, List<RowChange> changes) {
        if (sequence <= applied(persistenceId)) {
            return false;
        }
        KvBatch batch = new KvBatch();
        for (RowChange change : changes) {
            byte[] value = change.value();
            if (value == null) {
                batch.delete(change.key());
            } else {
                batch.put(change.key(), value);
            }
        }
        batch.put(
                appliedKey(persistenceId),
                ByteBuffer.allocate(1 + Long.BYTES)
                        .put(APPLIED_VERSION)
                        .putLong(sequence)
                        .array());
        store.write(batch);
        return true;
    }

    /** Deletes at most {@code limit} rows of {@code volume}, durably, and returns how many. Nobody may use the volume any more. */
    int dropRows(VolumeId volume, int limit) {
        KvBatch deletes = new KvBatch();
        int count = 0;
        for (RowRange range : VolumeRows.ranges(volume)) {
            try (KvCursor cursor = store.scan(range.from(), range.to())) {
                while (count < limit && cursor.next()) {
                    deletes.delete(cursor.key());
                    count++;
                }
            }
        }
        if (count > 0) {
            store.write(deletes);
        }
        return count;
    }

    /** Forgets how far {@code persistenceId} came; for a volume whose rows and events are deleted. */
    void forget(String persistenceId) {
        store.write(new KvBatch().delete(appliedKey(persistenceId)));
    }

    /** The present rows, for the one coordinator that changes them. */
    Rows rows() {
        return new StoreRows(store);
    }

    /** Answers {@code question} from one state of the store. */
    <T> T read(Function<Rows, T> question) {
        try (KvSnapshot snapshot = store.snapshot()) {
            return question.apply(new StoreRows(snapshot));
        }
    }

    @Override
    public void close() {
        store.close();
    }

    private static byte[] appliedKey(String persistenceId) {
        byte[] name = persistenceId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length).put(BOOKKEEPING).put(name).array();
    }
}
