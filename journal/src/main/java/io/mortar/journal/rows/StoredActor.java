package io.mortar.journal.rows;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvView;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Everything that a journal keeps of one actor, for copying it into another journal: keys and values are the same in all of them. */
public final class StoredActor {
    private StoredActor() {}

    /** Hands over the rows of {@code persistenceId} as they are stored: events, snapshots, and the numbers about them. */
    public static void forEachRow(KvView rows, String persistenceId, BiConsumer<byte[], byte[]> consumer) {
        forOne(rows, JournalKeys.highest(persistenceId), consumer);
        forOne(rows, JournalKeys.deleted(persistenceId), consumer);
        forAll(rows, JournalKeys.event(persistenceId, 0), consumer);
        forAll(rows, JournalKeys.snapshot(persistenceId, 0), consumer);
    }

    private static void forOne(KvView rows, byte[] key, BiConsumer<byte[], byte[]> consumer) {
        byte[] value = rows.get(key);
        if (value != null) {
            consumer.accept(key, value);
        }
    }

    private static void forAll(KvView rows, byte[] first, BiConsumer<byte[], byte[]> consumer) {
        byte[] end = first.clone();
        Arrays.fill(end, end.length - Long.BYTES, end.length, (byte) 0xff);
        try (KvCursor cursor = rows.scan(first, end)) {
            while (cursor.next()) {
                consumer.accept(cursor.key(), cursor.value());
            }
        }
    }
}
