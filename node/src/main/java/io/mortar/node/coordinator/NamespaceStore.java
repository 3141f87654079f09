package io.mortar.node.coordinator;

import akka.Done;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.Rows;
import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The rows of all volumes in one key-value store of this node, for a journal that keeps events. With the rows of a batch goes the
 * number of the event that they come from, so that replaying an event twice is the same as once.
 */
public final class NamespaceStore implements Namespace, AutoCloseable {
    /** First byte of the rows that belong to no volume; no volume's row begins with it. */
    private static final byte BOOKKEEPING = 0x00;

    private static final byte[] VOLUMES_FROM = {BOOKKEEPING + 1};
    private static final byte[] VOLUMES_END = {(byte) 0xff};

    private static final byte APPLIED_VERSION = 1;
    private static final CompletionStage<Done> CONFIRMED = CompletableFuture.completedStage(Done.done());

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

    @Override
    public void apply(String persistenceId, long sequence, List<RowChange> changes) {
        if (!applyIfNewer(persistenceId, sequence, changes)) {
            throw new AssertionError("event " + sequence + " of " + persistenceId
                    + " is new, but the namespace already has one of that number");
        }
    }

    /**
     * The store may lack the event before this one only if that is the checkpoint which the replay began at; anything else means that
     * the store was lost, and going on would show an empty volume.
     */
    @Override
    public void replay(String persistenceId, long before, long sequence, List<RowChange> changes) {
        long applied = applied(persistenceId);
        boolean checkpointMissing = applied == sequence - 2 && before == sequence - 1;
        if (applied < sequence - 1 && !checkpointMissing) {
            throw new AssertionError("the namespace has " + persistenceId + " up to event " + applied
                    + " and the journal begins at event " + sequence
                    + ": the events between are lost. Restore the data directory of this node from a backup");
        }
        applyIfNewer(persistenceId, sequence, changes);
    }

    @Override
    public void checkRecovered(String persistenceId, long recovered, long last) {
        long applied = applied(persistenceId);
        if (recovered != last || applied > last || applied < last - 1) {
            throw new AssertionError("the namespace has " + persistenceId + " up to event " + applied
                    + " and the journal up to event " + last
                    + ": one of them was lost. Restore the data directory of this node from a backup");
        }
    }

    /** Nobody else can have changed this store. */
    @Override
    public CompletionStage<Done> confirm() {
        return CONFIRMED;
    }

    @Override
    public boolean keepsEvents() {
        return true;
    }

    /** Writes the rows of event {@code sequence}, durably, unless they are here already. Returns whether they were written. */
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

    @Override
    public void forget(String persistenceId) {
        store.write(new KvBatch().delete(appliedKey(persistenceId)));
    }

    @Override
    public Rows rows() {
        return new StoreRows(store);
    }

    @Override
    public <T> T read(Function<Rows, T> question) {
        try (KvSnapshot snapshot = store.snapshot()) {
            return question.apply(new StoreRows(snapshot));
        }
    }

    /** Hands over the rows of all volumes, in the order of their keys; what this store has written down for itself is not among them. */
    public void forEachRow(BiConsumer<byte[], byte[]> consumer) {
        try (KvCursor cursor = store.scan(VOLUMES_FROM, VOLUMES_END)) {
            while (cursor.next()) {
                consumer.accept(cursor.key(), cursor.value());
            }
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
