package io.mortar.journal.local;

import akka.persistence.PersistentRepr;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvView;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events of persistent actors as rows. Each event names the number of the one before it, and the highest number is a row of its own:
 * so a replay notices an event that is missing anywhere, at the end too. Numbers may have gaps, left by rejected events.
 */
final class EventLog {
    /** Events deleted in one write. */
    static final int DELETE_STEP = 1000;

    private final KvStore store;
    private final Payloads payloads;

    EventLog(KvStore store, Payloads payloads) {
        this.store = store;
        this.payloads = payloads;
    }

    /** Events with consecutive numbers from {@code lowest}, to be written together. */
    record Append(String persistenceId, long lowest, List<EventRow> events) {}

    /** What to replay: numbers from and to, both included, and how many at most. */
    record Range(long from, long to, long max) {}

    /** Throws {@link IllegalStateException} when an event with that number or a higher one was written before, by another writer. */
    static void append(Append append, RowChanges rows) {
        String id = append.persistenceId();
        long previous = highest(id, rows);
        if (append.lowest() <= previous) {
            throw new IllegalStateException("event " + append.lowest() + " of persistence id " + id
                    + " is not written: event " + previous + " was written already, by another instance of the actor");
        }
        long number = append.lowest();
        for (EventRow event : append.events()) {
            byte[] key = JournalKeys.event(id, number);
            rows.put(key, event.toValue(key, previous));
            previous = number++;
        }
        putNumber(JournalKeys.highest(id), previous, rows);
    }

    /** The highest number ever written, deleted events included; 0 when there is none. */
    static long highest(String persistenceId, RowChanges rows) {
        return number(JournalKeys.highest(persistenceId), rows::get);
    }

    /** Deletes some events up to {@code last}, which must be durable already; returns whether there are no more. */
    static boolean deleteSome(String persistenceId, long last, RowChanges rows) {
        byte[] deletedKey = JournalKeys.deleted(persistenceId);
        long deleted = number(deletedKey, rows::get);
        if (last <= deleted) {
            return true;
        }
        int count = 0;
        KvView written = rows.written();
        try (KvCursor cursor = written.scan(
                JournalKeys.event(persistenceId, deleted + 1),
                JournalKeys.event(persistenceId, JournalKeys.after(last)))) {
            while (count < DELETE_STEP && cursor.next()) {
                rows.delete(cursor.key());
                deleted = JournalKeys.sequenceNr(cursor.key());
                count++;
            }
        }
        boolean isComplete = count < DELETE_STEP;
        putNumber(deletedKey, isComplete ? last : deleted, rows);
        return isComplete;
    }

    /** Hands over the events of {@code range} in order. Throws {@link DamagedJournalException} when one is missing or damaged. */
    void replay(String persistenceId, Range range, Consumer<PersistentRepr> consumer) {
        try (KvSnapshot rows = store.snapshot()) {
            long highest = number(JournalKeys.highest(persistenceId), rows::get);
            long deleted = number(JournalKeys.deleted(persistenceId), rows::get);
            long last = Math.max(deleted, range.from() - 1);
            long left = range.max();
            try (KvCursor cursor = rows.scan(
                    JournalKeys.event(persistenceId, range.from()),
                    JournalKeys.event(persistenceId, JournalKeys.after(range.to())))) {
                while (left > 0 && cursor.next()) {
                    EventRow.Stored stored = EventRow.read(persistenceId, cursor.key(), cursor.value(), payloads);
                    requireNoneBetween(persistenceId, last, stored.previous());
                    consumer.accept(stored.event());
                    last = stored.event().sequenceNr();
                    left--;
                }
            }
            if (left > 0 && range.to() >= highest) {
                requireNoneBetween(persistenceId, last, highest);
            }
        }
    }

    private static void requireNoneBetween(String persistenceId, long last, long previous) {
        if (previous > last) {
            throw new DamagedJournalException("events of persistence id " + persistenceId + " after " + last + " up to "
                    + previous + " are missing in the local journal: restore it from a copy");
        }
    }

    private static void putNumber(byte[] key, long value, RowChanges rows) {
        rows.put(key, new RowWriter(Long.BYTES).number(value).seal(key));
    }

    private interface Get extends Function<byte[], byte @Nullable []> {}

    private static long number(byte[] key, Get get) {
        byte @Nullable [] value = get.apply(key);
        return value == null ? 0 : new RowReader(key, value, "a sequence number in the local journal").number();
    }
}
